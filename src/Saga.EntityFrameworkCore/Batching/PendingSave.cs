using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Batching;

/// <summary>A context whose changes wait to be saved.</summary>
internal sealed class PendingSave(DbContext dbContext)
{
    // The waiter goes on elsewhere: what it does next must not hold up the next batch.
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DbContext DbContext => dbContext;

    public Task Done => _done.Task;

    public void Succeed()
    {
        // Saved by another context perhaps, so this one has to be told.
        dbContext.ChangeTracker.AcceptAllChanges();
        _done.TrySetResult();
    }

    public void Fail(Exception exception) => _done.TrySetException(exception);
}
