using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Saga.EntityFrameworkCore.Batching;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>
/// A message may be handled on an instance that the message before it left and that is not committed yet. What else that message wrote is not to be
/// found in the database before the commit, so whoever asks the message's context for anything waits for it first.
/// </summary>
internal sealed class UncommittedReads<TDbContext> : DbCommandInterceptor, IDbConnectionInterceptor, IDbTransactionInterceptor
    where TDbContext : DbContext
{
    private readonly ConditionalWeakTable<DbContext, PendingSave[]> _waitsFor = [];

    /// <summary>From now on, reads of this context wait for these saves.</summary>
    public void Delay(TDbContext dbContext, PendingSave[] saves) => _waitsFor.AddOrUpdate(dbContext, saves);

    /// <summary>The context goes back to where it came from.</summary>
    public void Forget(TDbContext dbContext) => _waitsFor.Remove(dbContext);

    // EF Core opens the connection first. Readers that waited with one each could hold all there are, and none be left for the commit they wait for.
    public InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        WhenSettled(eventData, result);

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        WhenSettledAsync(eventData, result, cancellationToken);

    // A connection that somebody opened before is there already.
    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        WhenSettled(eventData, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        WhenSettledAsync(eventData, result, cancellationToken);

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result) =>
        WhenSettled(eventData, result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        WhenSettledAsync(eventData, result, cancellationToken);

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) =>
        WhenSettled(eventData, result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        WhenSettledAsync(eventData, result, cancellationToken);

    // A transaction of SQLite holds its lock from the beginning: had it begun, the commit that its reads wait for could never come.
    public InterceptionResult<DbTransaction> TransactionStarting(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result) =>
        WhenSettled(eventData, result);

    public ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default) =>
        WhenSettledAsync(eventData, result, cancellationToken);

#pragma warning disable VSTHRD002 // The handler reads synchronously. The commit it waits for does not need its thread.
    private T WhenSettled<T>(DbContextEventData eventData, T result) => WhenSettledAsync(eventData, result, CancellationToken.None).AsTask().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    // A save that failed is no concern of the read: the message fails for it when it is committed, and is handled again.
    private async ValueTask<T> WhenSettledAsync<T>(DbContextEventData eventData, T result, CancellationToken cancellationToken)
    {
        if (eventData.Context is not { } context || !_waitsFor.TryGetValue(context, out var saves))
            return result;
        foreach (var save in saves)
            await save.Done.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }
}
