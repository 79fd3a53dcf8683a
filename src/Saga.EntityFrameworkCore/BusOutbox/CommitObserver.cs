using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.BusOutbox;

/// <summary>Tells a scope's messages what becomes of the transaction they were saved in, when the caller opened it.</summary>
internal sealed class CommitObserver<TDbContext>(ScopeMessagesOf<TDbContext> scopes, TimeProvider clock, IOptions<OutboxOptions> options)
    : DbTransactionInterceptor
    where TDbContext : DbContext
{
    public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        if (Find(eventData) is { } uncommitted)
        {
            if (uncommitted.SomeMayBeGone)
                uncommitted.KeepOnly([.. RowsOf(eventData.Context!, uncommitted.Ids).Select(row => row.Id)]);
            if (uncommitted.AreDueBefore(DeliveredBy))
                RowsOf(eventData.Context!, uncommitted.IdsDueAtOnce).ExecuteUpdate(update => update.SetProperty(row => row.DueAt, NewGrace));
        }

        return result;
    }

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (Find(eventData) is { } uncommitted)
        {
            if (uncommitted.SomeMayBeGone)
                uncommitted.KeepOnly(await RowsOf(eventData.Context!, uncommitted.Ids).Select(row => row.Id).ToListAsync(cancellationToken));
            if (uncommitted.AreDueBefore(DeliveredBy))
            {
                await RowsOf(eventData.Context!, uncommitted.IdsDueAtOnce)
                    .ExecuteUpdateAsync(update => update.SetProperty(row => row.DueAt, NewGrace), cancellationToken);
            }
        }

        return result;
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        scopes.Find(eventData.Context)?.Committed(eventData.TransactionId);

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        scopes.Find(eventData.Context)?.Committed(eventData.TransactionId);
        return Task.CompletedTask;
    }

    public override void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) =>
        scopes.Find(eventData.Context)?.RolledBack(eventData.TransactionId);

    public override Task TransactionRolledBackAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        scopes.Find(eventData.Context)?.RolledBack(eventData.TransactionId);
        return Task.CompletedTask;
    }

    public override void RolledBackToSavepoint(DbTransaction transaction, TransactionEventData eventData) => Doubt(eventData);

    public override Task RolledBackToSavepointAsync(
        DbTransaction transaction, TransactionEventData eventData, CancellationToken cancellationToken = default)
    {
        Doubt(eventData);
        return Task.CompletedTask;
    }

    // A transaction may stay open longer than the grace of its rows. What it commits then must not be due for a sweep at that very moment.
    private DateTimeOffset DeliveredBy => clock.GetUtcNow() + options.Value.DeliveryTimeout;

    private DateTimeOffset NewGrace => clock.GetUtcNow() + options.Value.SweepGrace;

    private UncommittedMessages? Find(TransactionEventData eventData) => scopes.Find(eventData.Context)?.In(eventData.TransactionId);

    private void Doubt(TransactionEventData eventData)
    {
        if (Find(eventData) is { } uncommitted)
            uncommitted.SomeMayBeGone = true;
    }

    private static IQueryable<OutboxMessage> RowsOf(DbContext dbContext, IReadOnlyCollection<Guid> ids) =>
        dbContext.Set<OutboxMessage>().AsNoTracking().Where(row => ids.Contains(row.Id));
}
