using Microsoft.EntityFrameworkCore;
using Saga.StateMachines.Persistence;

namespace Saga.Worker.Api;

/// <summary>Reads runs for HTTP.</summary>
internal sealed class RunReader(RunDbContext dbContext, PlanStore plans)
{
    /// <summary>The runs a whole id or the beginning of one may mean: none, one, or the first two of several.</summary>
    public async Task<List<Guid>> FindAsync(RunIdPrefix prefix, CancellationToken cancellationToken)
    {
        var (first, last) = (prefix.First, prefix.Last);
        return await dbContext.Runs.AsNoTracking()
            .Where(run => run.CorrelationId >= first && run.CorrelationId <= last)
            .OrderBy(run => run.CorrelationId).Take(2).Select(run => run.CorrelationId)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The latest run with that business key, or null.</summary>
    public async Task<Guid?> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        await dbContext.Runs.AsNoTracking()
            .Where(run => run.CorrelationKey == key)
            .OrderByDescending(run => run.CreatedAt).Select(run => (Guid?)run.CorrelationId)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>A run with its ledger, or null.</summary>
    public async Task<RunView?> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        // The run first: when it says that it has ended, the ledger read after it is final.
        var run = await dbContext.Runs.AsNoTracking().SingleOrDefaultAsync(run => run.CorrelationId == id, cancellationToken);
        if (run is null)
            return null;

        var ledger = await dbContext.Ledger.AsNoTracking().Where(row => row.RunId == id).OrderBy(row => row.NodeIndex).ToListAsync(cancellationToken);
        return RunViews.Of(run, await plans.GetAsync(run.PlanHash, cancellationToken), ledger);
    }

    /// <summary>A page of runs, newest first.</summary>
    public async Task<RunListView> ListAsync(string? state, RunCursor? before, int limit, CancellationToken cancellationToken)
    {
        var query = dbContext.Runs.AsNoTracking();
        if (state is not null)
            query = query.Where(run => run.CurrentState == state);
        if (before is { CreatedAt: var createdAt, Id: var id })
            query = query.Where(run => run.CreatedAt < createdAt || (run.CreatedAt == createdAt && run.CorrelationId < id));

        var page = await query.OrderByDescending(run => run.CreatedAt).ThenByDescending(run => run.CorrelationId).Take(limit + 1).ToListAsync(cancellationToken);
        var shown = new List<RunSummaryView>();
        foreach (var run in page.Take(limit))
            shown.Add(RunViews.Summary(run, await plans.GetAsync(run.PlanHash, cancellationToken)));
        return new RunListView(shown, page.Count > limit ? RunCursor.Of(page[limit - 1]).ToString() : null);
    }
}
