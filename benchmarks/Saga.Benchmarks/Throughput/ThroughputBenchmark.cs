using Saga.Benchmarks.Databases;
using Saga.Benchmarks.Load;
using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Workers;

namespace Saga.Benchmarks.Throughput;

/// <summary>Warms up, measures runs alone, measures runs under load, and checks that they did what they should.</summary>
internal sealed class ThroughputBenchmark(ThroughputSettings settings)
{
    private static readonly TimeSpan _longestDrain = TimeSpan.FromSeconds(15);

    private readonly Machine _machine = new();

    public async Task<ThroughputReport> MeasureAsync(CancellationToken cancellation)
    {
        using var ownDatabase = new DatabaseCounter();
        Say("Starting the processes…");
        await using var stage = await Stage.SetAsync(settings, cancellation);
        var load = new LoadGenerator(stage.Starter, stage.EndedRuns, settings.Steps, settings.Timeout);
        var stored = new StoredRuns(stage.Database.Options);

        await load.WaitUntilAcceptedAsync(cancellation);
        Say($"Warming up with {settings.WarmUp} runs…");
        await load.RunAsync(settings.WarmUp, settings.Concurrency, cancellation);
        await stored.DrainAsync(_longestDrain, cancellation);

        Say($"Measuring {settings.Lone} runs one after the other…");
        var alone = await load.RunAsync(settings.Lone, concurrency: 1, cancellation);
        await stored.DrainAsync(_longestDrain, cancellation);
        var serverBefore = await stage.Database.CountAsync(stage.Workers, workGoesOn: true, cancellation);

        Say($"Measuring {settings.Runs} runs, {settings.Concurrency} at once…");
        var before = await Snapshot.TakeAsync(stage, ownDatabase, cancellation);
        var underLoad = await load.RunAsync(settings.Runs, settings.Concurrency, cancellation);
        var outboxRows = await stored.DrainAsync(_longestDrain, cancellation);
        var after = await Snapshot.TakeAsync(stage, ownDatabase, cancellation);

        var serverAfter = await stage.Database.CountAsync(stage.Workers, workGoesOn: false, cancellation);
        Say("Checking…");
        var allSteps = (long)load.Started * settings.Steps;
        var usage = new Usage(stage, before, after, settings.Runs * settings.Steps);
        return new ThroughputReport
        {
            At = DateTimeOffset.UtcNow,
            Configuration = ConfigurationReport.Of(settings, stage.Database.Kind),
            Machine = _machine,
            Seconds = Figure.Of(underLoad.Elapsed.TotalSeconds),
            RunsPerSecond = Figure.Of(underLoad.Completed / underLoad.Elapsed.TotalSeconds),
            StepsPerSecond = Figure.Of(underLoad.Completed * settings.Steps / underLoad.Elapsed.TotalSeconds),
            LatencyMilliseconds = new LatencyReport { UnderLoad = Latency.Of(underLoad.Latencies), Alone = Latency.Of(alone.Latencies) },
            Database = usage.Database(Server(serverBefore, serverAfter, after.Client.Database - before.Client.Database, usage)),
            Resources = usage.Resources(),
            Correctness = new CorrectnessReport
            {
                Checks =
                [
                    new Check("runs under load heard to complete", settings.Runs, underLoad.Completed),
                    new Check("runs alone heard to complete", settings.Lone, alone.Completed),
                    new Check("completed runs stored, all phases", load.Started, await stored.CompletedRunsAsync(cancellation)),
                    new Check("ledger rows stored, all phases", allSteps, await stored.LedgerRowsAsync(cancellation)),
                    new Check("completed ledger rows stored, all phases", allSteps, await stored.CompletedLedgerRowsAsync(cancellation)),
                    new Check($"outbox rows left after at most {_longestDrain.TotalSeconds:0} s", 0, outboxRows),
                ],
                RepeatedEnds = stage.EndedRuns.Repeats,
            },
        };
    }

    private static DatabaseServerReport? Server(ServerCounts? before, ServerCounts? after, DatabaseCounts own, Usage usage) =>
        before is { } from && after is { } to
            ? new DatabaseServerReport
            {
                CommitsPerStep = usage.PerStep(to.Commits - from.Commits - own.Transactions),
                Rollbacks = to.Rollbacks - from.Rollbacks,
            }
            : null;

    private static void Say(string progress) => Console.Error.WriteLine(progress);
}
