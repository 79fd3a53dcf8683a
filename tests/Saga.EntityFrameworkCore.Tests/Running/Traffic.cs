using System.Collections.Concurrent;
using System.Data.Common;
using MassTransit;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Saga.EntityFrameworkCore.Tests.Running;

/// <summary>What goes to the database and to the broker, in its order; and where a test makes either fail.</summary>
internal sealed class Traffic : DbCommandInterceptor, IDbConnectionInterceptor
{
    private readonly List<string> _seen = [];

    public Traffic() => Transactions = new TransactionTraffic(this);

    /// <summary>Sees transactions, and has each batch's commit be one that can be seen: past it, a batch is committed as it is written.</summary>
    public IInterceptor Transactions { get; }

    /// <summary>Asked before a connection is opened, and so before anything waits for what it must wait for.</summary>
    public Action OnConnecting { get; set; } = () => { };

    /// <summary>Asked before each command to the database; throws to fail it.</summary>
    public Action<string> OnCommand { get; set; } = _ => { };

    /// <summary>Asked before each transaction, when all that is to be written in it is known.</summary>
    public Action OnTransaction { get; set; } = () => { };

    /// <summary>Asked before each commit; throws to fail it.</summary>
    public Action OnCommit { get; set; } = () => { };

    /// <summary>Asked before a message goes to the broker; fails to fail that.</summary>
    public Func<object, Task> OnDelivery { get; set; } = _ => Task.CompletedTask;

    /// <summary>What goes to the broker, with everything the transport is told about it.</summary>
    public ConcurrentQueue<SendContext> Delivered { get; } = new();

    public IReadOnlyList<string> Seen
    {
        get
        {
            lock (_seen)
                return [.. _seen];
        }
    }

    public void Saw(string what)
    {
        lock (_seen)
            _seen.Add(what);
    }

    public void Forget()
    {
        lock (_seen)
            _seen.Clear();
    }

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        OnConnecting();
        return new(result);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Command(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Command(command);
        return new(result);
    }

    private void Command(DbCommand command)
    {
        var text = command.CommandText.TrimStart();
        OnCommand(text);
        Saw(text[..text.AsSpan().IndexOfAny(' ', '\n')]);
    }

    private sealed class TransactionTraffic(Traffic traffic) : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            traffic.OnTransaction();
            return new(result);
        }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            traffic.OnCommit();
            return new(result);
        }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            traffic.Saw("COMMIT");
            return Task.CompletedTask;
        }
    }
}
