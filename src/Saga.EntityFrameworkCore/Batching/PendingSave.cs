using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Telemetry;
using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Batching;

/// <summary>A context whose changes wait to be saved, and the rows that belong to them without being tracked by it.</summary>
internal sealed class PendingSave(DbContext dbContext, IReadOnlyCollection<RowChange> untracked)
{
    // The waiter goes on elsewhere: what it does next must not hold up the next batch.
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _isTracked;

    public Task Done => _done.Task;

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

        rows.ForEach(row => row.Owner = this);
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

    public void Fail(Exception exception) => _done.TrySetException(exception);
}
