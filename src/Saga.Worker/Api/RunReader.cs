using Microsoft.EntityFrameworkCore;
using Saga.Contracts;
using Saga.StateMachines.Children;
using Saga.StateMachines.Faults;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Signals;

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
        var faults = await OpenFaults.In(dbContext).Where(row => row.RunId == id).OrderBy(row => row.Since).ToListAsync(cancellationToken);
        return RunViews.Of(run, await plans.GetAsync(run.PlanHash, cancellationToken), ledger, await SignalsAsync(run, cancellationToken), faults);
    }

    /// <summary>What a run's plan says about a signal that it is sent: see <see cref="SignalForecast"/>.</summary>
    public async Task<string?> ForecastAsync(Guid id, string signal, CancellationToken cancellationToken)
    {
        var run = await dbContext.Runs.AsNoTracking().SingleAsync(run => run.CorrelationId == id, cancellationToken);
        return SignalForecast.Warning(signal, await plans.GetAsync(run.PlanHash, cancellationToken), run.ToState());
    }

    /// <summary>Why that completed run must not be rolled back by itself, or null: see <see cref="ChildOwner"/>.</summary>
    public Task<ProvisioningError?> RollBackRefusalAsync(RunView run, CancellationToken cancellationToken) =>
        run is { Parent: not null, Status: "completed" } ? ChildOwner.RefusalAsync(dbContext, run.Id, cancellationToken) : Task.FromResult<ProvisioningError?>(null);

    /// <summary>A page of runs, newest first.</summary>
    public async Task<RunListView> ListAsync(string? state, bool? faulted, RunCursor? before, int limit, CancellationToken cancellationToken)
    {
        var query = dbContext.Runs.AsNoTracking();
        if (state is not null)
            query = query.Where(run => run.CurrentState == state);
        if (faulted is { } hasFaults)
        {
            var open = OpenFaults.In(dbContext);
            query = query.Where(run => open.Any(fault => fault.RunId == run.CorrelationId) == hasFaults);
        }

        if (before is { CreatedAt: var createdAt, Id: var id })
            query = query.Where(run => run.CreatedAt < createdAt || (run.CreatedAt == createdAt && run.CorrelationId < id));

        var page = await query.OrderByDescending(run => run.CreatedAt).ThenByDescending(run => run.CorrelationId).Take(limit + 1).ToListAsync(cancellationToken);
        var shortIds = await ShortIdsAsync([.. page.Take(limit).Select(run => run.CorrelationId)], cancellationToken);
        var ids = page.ConvertAll(run => (Guid?)run.CorrelationId);
        var faults = await OpenFaults.In(dbContext).Where(fault => ids.Contains(fault.RunId))
            .GroupBy(fault => fault.RunId!.Value).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var shown = new List<RunSummaryView>();
        foreach (var run in page.Take(limit))
            shown.Add(RunViews.Summary(
                run, await plans.GetAsync(run.PlanHash, cancellationToken),
                shortIds.GetValueOrDefault(run.CorrelationId) ?? $"{run.CorrelationId}", faults.GetValueOrDefault(run.CorrelationId)));
        return new RunListView(shown, page.Count > limit ? RunCursor.Of(page[limit - 1]).ToString() : null);
    }

    // Most runs have none, so most are not asked for. What a signal carries may be large, and is not shown before a node takes it.
    private async Task<IReadOnlyList<SignalView>> SignalsAsync(Run run, CancellationToken cancellationToken) => run.InboxCount == 0
        ? []
        : await dbContext.Signals.AsNoTracking()
            .Where(row => row.RunId == run.CorrelationId && row.ConsumedAt == null)
            .OrderBy(row => row.Number)
            .Select(row => new SignalView(row.Name, row.SentBy, row.DedupKey, row.ReceivedAt))
            .ToListAsync(cancellationToken);

    /// <summary>How far each id must be told, so that it is not taken for its nearest neighbours.</summary>
    private async Task<Dictionary<Guid, string>> ShortIdsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var runs = dbContext.Runs.AsNoTracking();
        var neighbours = await runs.Where(run => ids.Contains(run.CorrelationId)).Select(run => new
        {
            run.CorrelationId,
            Before = runs.Where(other => other.CorrelationId < run.CorrelationId).OrderByDescending(other => other.CorrelationId)
                .Select(other => (Guid?)other.CorrelationId).FirstOrDefault(),
            After = runs.Where(other => other.CorrelationId > run.CorrelationId).OrderBy(other => other.CorrelationId)
                .Select(other => (Guid?)other.CorrelationId).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        return neighbours.ToDictionary(run => run.CorrelationId, run => ShortId.Of(run.CorrelationId, run.Before, run.After));
    }
}
