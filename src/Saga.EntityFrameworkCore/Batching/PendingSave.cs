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

    private DbContext? _dbContext = dbContext;
    private IReadOnlyCollection<RowChange> _untracked = untracked;
    private bool _isTracked;

    public Task Done => _done.Task;

    /// <summary>None once it is done.</summary>
    public IReadOnlyCollection<PendingSave> Predecessors { get; private set; } = predecessors;

    /// <summary>The span of whoever waits for it.</summary>
    public ActivityContext Origin { get; } = AdapterActivities.Current;

    /// <summary>All that is to be written, or null if EF Core itself must save some of it.</summary>
    public IReadOnlyCollection<RowChange>? Rows()
    {
        var rows = new List<RowChange>(_untracked);
        foreach (var entry in _dbContext!.ChangeTracker.Entries())
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
        foreach (var row in _untracked)
            row.Track(_dbContext!);
        return await _dbContext!.SaveChangesAsync(cancellationToken);
    }

    public void Succeed()
    {
        // Written by others, so the context has to be told.
        if (_isTracked)
            _dbContext!.ChangeTracker.AcceptAllChanges();
        LetGo();
        _done.TrySetResult();
    }

    /// <summary>Fails if what it was made on will never be stored.</summary>
    public bool FailIfOrphaned()
    {
        if (!Predecessors.Any(predecessor => predecessor.Done.IsFaulted))
            return false;
        Fail(new DbUpdateConcurrencyException(
            "The message was handled on what the one before it left, which then could not be saved. It is handled again on what is stored."));
        return true;
    }

    public void Fail(Exception exception)
    {
        LetGo();
        _done.TrySetException(exception);
    }

    // The next save remembers this one. Of an instance that is never at rest it would remember all there have been, with their rows.
    private void LetGo()
    {
        _dbContext = null;
        _untracked = [];
        Predecessors = [];
    }
}
