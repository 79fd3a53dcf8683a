using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Stages;

namespace Saga.Benchmarks.Comparison;

/// <summary>One of the two that are compared: a stage under load, and what its rounds came to.</summary>
internal sealed class Side(LoadedStage loaded, MeasurementSettings settings, SideDescription description)
{
    private readonly List<RoundReport> _rounds = [];
    private int _aloneCompleted;
    private int _underLoadCompleted;
    private int _outboxRows;

    public string Name => description.Name;

    public SideDescription Description => description;

    public IReadOnlyList<RoundReport> Rounds => _rounds;

    public long RepeatedEnds => loaded.Stage.EndedRuns.Repeats;

    public async Task WarmUpAsync(CancellationToken cancellation)
    {
        await loaded.WaitUntilAcceptedAsync(cancellation);
        await loaded.WarmUpAsync(cancellation);
    }

    public async Task MeasureRoundAsync(CancellationToken cancellation)
    {
        var alone = await loaded.RunAloneAsync(cancellation);
        var underLoad = await loaded.RunUnderLoadAsync(cancellation);
        _aloneCompleted += alone.Completed;
        _underLoadCompleted += underLoad.Result.Completed;
        _outboxRows = Math.Max(_outboxRows, underLoad.OutboxRows);
        _rounds.Add(RoundReport.Of(alone, underLoad, settings.Steps));
    }

    public async Task<IEnumerable<Check>> CheckAsync(CancellationToken cancellation)
    {
        Check[] checks =
        [
            new("runs under load heard to complete", (long)settings.Runs * _rounds.Count, _underLoadCompleted),
            new("runs alone heard to complete", (long)settings.Lone * _rounds.Count, _aloneCompleted),
            .. await loaded.CheckStoredAsync(description.RunsStoredBefore ?? 0, _outboxRows, cancellation),
        ];
        return checks.Select(check => check with { What = $"{Name}: {check.What}" });
    }
}
