using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>
/// What handling one message changes: tracked entities and captured messages. They are saved in one transaction, and only then are the
/// messages delivered.
/// </summary>
internal sealed class UnitOfWork<TDbContext>(TDbContext dbContext, GroupCommit<TDbContext> commits, OutboxDelivery<TDbContext> delivery)
    : IDisposable
    where TDbContext : DbContext
{
    private readonly List<CapturedMessage> _captured = [];
    private readonly List<InstanceLock.Lease> _leases = [];

    public TDbContext DbContext => dbContext;

    public void Add(CapturedMessage message)
    {
        lock (_captured)
        {
            _captured.Add(message);
            dbContext.Add(message.Row);
        }
    }

    /// <summary>Takes back what has been captured under a schedule token and is not stored yet.</summary>
    /// <returns>Whether there was any.</returns>
    public bool Withdraw(Guid scheduleTokenId)
    {
        lock (_captured)
        {
            var withdrawn = _captured.FindAll(message => message.Row.ScheduleTokenId == scheduleTokenId);
            withdrawn.ForEach(message => dbContext.Entry(message.Row).State = EntityState.Detached);
            return _captured.RemoveAll(withdrawn.Contains) > 0;
        }
    }

    /// <summary>Holds <paramref name="lease"/> until this message is committed or has failed.</summary>
    public void Hold(InstanceLock.Lease lease) => _leases.Add(lease);

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (dbContext.Database.CurrentTransaction is not null)
        {
            throw new InvalidOperationException(
                $"{typeof(TDbContext).Name} has an open transaction. Messages are delivered right after the changes are saved, which must therefore "
                + "be the commit. Commit or roll back a transaction of your own first, or leave it out.");
        }

        if (dbContext.ChangeTracker.HasChanges())
            await SaveAsync(cancellationToken);
        ReleaseLeases();
    }

    /// <summary>Delivers, once, the messages that are stored. What the context has been made to forget was not stored and is not sent.</summary>
    public Task DeliverAsync()
    {
        CapturedMessage[] stored;
        lock (_captured)
        {
            stored = [.. _captured.Where(message => dbContext.Entry(message.Row).State == EntityState.Unchanged)];
            _captured.Clear();
        }

        return delivery.DeliverAsync(stored);
    }

    public void Dispose() => ReleaseLeases();

    private Task SaveAsync(CancellationToken cancellationToken)
    {
        // The grace begins here: until now the handler ran and the write waited for its turn. A scheduled message has its own time.
        lock (_captured)
        {
            foreach (var message in _captured.Where(message => !message.IsScheduled))
                message.Row.DueAt = delivery.LeftToOthersAt;
        }

        // From here on the changes are on their way to the database, and only it knows what becomes of them.
        cancellationToken.ThrowIfCancellationRequested();
        return commits.SaveAsync(dbContext);
    }

    private void ReleaseLeases()
    {
        foreach (var lease in _leases)
            lease.Dispose();
        _leases.Clear();
    }
}
