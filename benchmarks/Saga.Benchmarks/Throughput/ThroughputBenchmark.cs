using Saga.Benchmarks.Databases;
using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Stages;
using Saga.Benchmarks.Workers;

namespace Saga.Benchmarks.Throughput;

/// <summary>Warms up, measures runs alone, measures runs under load, and checks that they did what they should.</summary>
internal sealed class ThroughputBenchmark(MeasurementSettings settings)
{
    private readonly Machine _machine = new();

    public async Task<ThroughputReport> MeasureAsync(CancellationToken cancellation)
    {
        using var ownDatabase = new DatabaseCounter();
        Progress.Say("Starting the processes…");
        await using var stage = await ProductStage.SetAsync(settings, cancellation);
        var database = stage.Database!;
        var loaded = new LoadedStage(stage, settings, ownDatabase);

        await loaded.WaitUntilAcceptedAsync(cancellation);
        Progress.Say($"Warming up with {settings.WarmUp} runs…");
        await loaded.WarmUpAsync(cancellation);

        Progress.Say($"Measuring {settings.Lone} runs one after the other…");
        var alone = await loaded.RunAloneAsync(cancellation);
        var serverBefore = await database.CountAsync(stage.Workers, workGoesOn: true, cancellation);

        Progress.Say($"Measuring {settings.Runs} runs, {settings.Concurrency} at once…");
        var (underLoad, usage, outboxRows) = await loaded.RunUnderLoadAsync(cancellation);

        var serverAfter = await database.CountAsync(stage.Workers, workGoesOn: false, cancellation);
        Progress.Say("Checking…");
        return new ThroughputReport
        {
            At = DateTimeOffset.UtcNow,
            Configuration = ConfigurationReport.Of(settings, database.Kind),
            Machine = _machine,
            Seconds = Figure.Of(underLoad.Elapsed.TotalSeconds),
            RunsPerSecond = Figure.Of(underLoad.RunsPerSecond),
            StepsPerSecond = Figure.Of(underLoad.RunsPerSecond * settings.Steps),
            LatencyMilliseconds = new LatencyReport { UnderLoad = Latency.Of(underLoad.Latencies), Alone = Latency.Of(alone.Latencies) },
            Database = usage.Database(database.Kind, Server(serverBefore, serverAfter, usage)),
            Resources = usage.Resources(),
            Correctness = new CorrectnessReport
            {
                Checks =
                [
                    new Check("runs under load heard to complete", settings.Runs, underLoad.Completed),
                    new Check("runs alone heard to complete", settings.Lone, alone.Completed),
                    .. await loaded.CheckStoredAsync(runsBefore: 0, outboxRows, cancellation),
                ],
                RepeatedEnds = stage.EndedRuns.Repeats,
            },
        };
    }

    private static DatabaseServerReport? Server(ServerCounts? before, ServerCounts? after, Usage usage) =>
        before is { } from && after is { } to
            ? new DatabaseServerReport
            {
                CommitsPerStep = usage.PerStep(to.Commits - from.Commits - usage.OwnDatabase.Transactions),
                Rollbacks = to.Rollbacks - from.Rollbacks,
            }
            : null;
}
