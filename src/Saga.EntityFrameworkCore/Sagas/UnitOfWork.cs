using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>
/// What handling one message changes: tracked entities and captured messages. They are saved in one transaction, and only then are the
/// messages delivered.
/// </summary>
internal sealed class UnitOfWork<TDbContext>(TDbContext dbContext, DatabaseWrites<TDbContext> writes, OutboxDelivery<TDbContext> delivery)
    : IAsyncDisposable
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

    /// <summary>Holds <paramref name="lease"/> until this message is committed or has failed.</summary>
    public void Hold(InstanceLock.Lease lease) => _leases.Add(lease);

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (dbContext.ChangeTracker.HasChanges())
            await writes.RunAsync(dbContext.SaveChangesAsync, cancellationToken);
        ReleaseLeases();
    }

    public Task DeliverAsync() => delivery.DeliverAsync(_captured);

    public ValueTask DisposeAsync()
    {
        ReleaseLeases();
        return ValueTask.CompletedTask;
    }

    private void ReleaseLeases()
    {
        foreach (var lease in _leases)
            lease.Dispose();
        _leases.Clear();
    }
}
