using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Telemetry;
using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Batching;

/// <summary>A context whose changes wait to be saved, and the rows that belong to them without being tracked by it.</summary>
/// <param name="dbContext">The context.</param>
/// <param name="untracked">The rows it does not know of.</param>
/// <param name="predecessors">The saves whose outcome it was made on before they were committed: without them it must not be saved.</param>
internal sealed class PendingSave(DbContext dbContext, IReadOnlyCollection<RowChange> untracked, IReadOnlyCollection<PendingSave> predecessors)
{
    // The waiter goes on elsewhere: what it does next must not hold up the next batch.
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _isTracked;

    public Task Done => _done.Task;

    public IReadOnlyCollection<PendingSave> Predecessors => predecessors;

    /// <summary>The span of whoever waits for it.</summary>
    public ActivityContext Origin { get; } = AdapterActivities.Current;

    /// <summary>All that is to be written, or null if EF Core itself must save some of it.</summary>
    public IReadOnlyCollection<RowChange>? Rows()
    {
        var rows = new List<RowChange>(untracked);
        foreach (var entry in dbContext.ChangeTracker.Entries())
        {
            _isTracked = true;
            if (entry.State is EntityState.Unchanged or EntityState.Detached)
                continue;
            if (RowChange.Of(entry) is not { } row)
                return null;
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Saves it by itself, as any context is saved: the way of what cannot be written with others, and the judge of what failed with them.</summary>
    public async Task<int> SaveAloneAsync(CancellationToken cancellationToken)
    {
        _isTracked = true;
        foreach (var row in untracked)
            row.Track(dbContext);
        return await dbContext.SaveChangesAsync(cancellationToken);
    }

    public void Succeed()
    {
        // Written by others, so the context has to be told.
        if (_isTracked)
            dbContext.ChangeTracker.AcceptAllChanges();
        _done.TrySetResult();
    }

    /// <summary>Fails if what it was made on will never be stored.</summary>
    public bool FailIfOrphaned()
    {
        if (!predecessors.Any(predecessor => predecessor.Done.IsFaulted))
            return false;
        Fail(new DbUpdateConcurrencyException(
            "The message was handled on what the one before it left, which then could not be saved. It is handled again on what is stored."));
        return true;
    }

    public void Fail(Exception exception) => _done.TrySetException(exception);
}
