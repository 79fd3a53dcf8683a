using Saga.Benchmarks.Databases;
using Saga.Benchmarks.Load;
using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Workers;

namespace Saga.Benchmarks.Stages;

/// <summary>A stage and the load that is put on it. After each load its outbox is given time to empty, so that the next one begins at rest.</summary>
internal sealed class LoadedStage(Stage stage, MeasurementSettings settings, DatabaseCounter ownDatabase)
{
    private static readonly TimeSpan _longestDrain = TimeSpan.FromMinutes(5);

    private readonly LoadGenerator _load = new(stage.Starter, stage.EndedRuns, settings.Steps, settings.Timeout);
    private readonly StoredRuns? _stored = stage.Database is { } database ? new StoredRuns(database.Options) : null;

    public Stage Stage => stage;

    public Task WaitUntilAcceptedAsync(CancellationToken cancellation) => _load.WaitUntilAcceptedAsync(cancellation);

    public async Task WarmUpAsync(CancellationToken cancellation)
    {
        await _load.RunAsync(settings.WarmUp, settings.Concurrency, cancellation);
        await DrainAsync(cancellation);
    }

    /// <summary>One run after the other.</summary>
    public async Task<LoadResult> RunAloneAsync(CancellationToken cancellation)
    {
        var alone = await _load.RunAsync(settings.Lone, concurrency: 1, cancellation);
        await DrainAsync(cancellation);
        return alone;
    }

    public async Task<LoadMeasurement> RunUnderLoadAsync(CancellationToken cancellation)
    {
        var before = await Snapshot.TakeAsync(stage, ownDatabase, cancellation);
        var result = await _load.RunAsync(settings.Runs, settings.Concurrency, cancellation);
        var outboxRows = await DrainAsync(cancellation);
        var after = await Snapshot.TakeAsync(stage, ownDatabase, cancellation);
        return new LoadMeasurement(result, new Usage(stage, before, after, settings.Runs * settings.Steps), outboxRows);
    }

    /// <summary>Whether every run that was heard of is stored as it should be; nothing where nothing is stored.</summary>
    /// <param name="runsBefore">Completed runs that were stored by others.</param>
    /// <param name="outboxRows">What was left after a load.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<Check>> CheckStoredAsync(long runsBefore, int outboxRows, CancellationToken cancellation)
    {
        if (_stored is null)
            return [];

        var runs = _load.Started + runsBefore;
        return
        [
            new Check("completed runs stored, all phases", runs, await _stored.CompletedRunsAsync(cancellation)),
            new Check("ledger rows stored, all phases", runs * settings.Steps, await _stored.LedgerRowsAsync(cancellation)),
            new Check("completed ledger rows stored, all phases", runs * settings.Steps, await _stored.CompletedLedgerRowsAsync(cancellation)),
            new Check($"outbox rows left after at most {_longestDrain.TotalMinutes:0} minutes", 0, outboxRows),
        ];
    }

    private async Task<int> DrainAsync(CancellationToken cancellation) =>
        _stored is null ? 0 : await _stored.DrainAsync(_longestDrain, cancellation);
}
