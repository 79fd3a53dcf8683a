using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Saga.Benchmarks.Workers;

/// <summary>
/// Counts at the source: what Entity Framework Core reports of its commands and transactions in this process. It needs no change of the
/// product, and is exact at any moment, where PostgreSQL's own statistics trail behind by up to ten seconds.
/// </summary>
internal sealed class DatabaseCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly string _executed = RelationalEventId.CommandExecuted.Name!;
    private static readonly string _failed = RelationalEventId.CommandError.Name!;
    private static readonly string _committed = RelationalEventId.TransactionCommitted.Name!;
    private static readonly string _rolledBack = RelationalEventId.TransactionRolledBack.Name!;

    private readonly List<IDisposable> _subscriptions = [];
    private long _commands;
    private long _commandsAlone;
    private long _commits;
    private long _failures;

    public DatabaseCounter() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public DatabaseCounts Counts
    {
        get
        {
            var commits = Interlocked.Read(ref _commits);
            return new DatabaseCounts(
                Interlocked.Read(ref _commands),
                Interlocked.Read(ref _commandsAlone) + commits,
                commits,
                Interlocked.Read(ref _failures));
        }
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name != DbLoggerCategory.Name)
            return;
        lock (_subscriptions)
            _subscriptions.Add(value.Subscribe(this, IsCounted));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        switch (value.Value)
        {
            case CommandExecutedEventData executed:
                Interlocked.Increment(ref _commands);
                // Outside of a transaction a command is one of its own.
                if (executed.Command.Transaction is null)
                    Interlocked.Increment(ref _commandsAlone);
                break;
            case TransactionEndEventData when value.Key == _committed:
                Interlocked.Increment(ref _commits);
                break;
            case CommandErrorEventData or TransactionEndEventData:
                Interlocked.Increment(ref _failures);
                break;
        }
    }

    public void OnCompleted()
    {
        // A listener ends with its process.
    }

    public void OnError(Exception error)
    {
        // Listeners report none.
    }

    public void Dispose()
    {
        lock (_subscriptions)
        {
            foreach (var subscription in _subscriptions)
                subscription.Dispose();
            _subscriptions.Clear();
        }
    }

    private static bool IsCounted(string name) => name == _executed || name == _failed || name == _committed || name == _rolledBack;
}
