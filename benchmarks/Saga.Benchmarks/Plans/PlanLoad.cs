using System.Diagnostics;
using System.Text.Json;
using Saga.Benchmarks.Databases;
using Saga.Benchmarks.Load;
using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Stages;
using Saga.Benchmarks.Workers;
using Saga.Contracts;

namespace Saga.Benchmarks.Plans;

/// <summary>Runs plans on a stage, and says what they took.</summary>
internal sealed class PlanLoad(Stage stage, MeasurementSettings settings, DatabaseCounter ownDatabase)
{
    private readonly StoredRuns _stored = new(stage.Database!.Options);

    /// <summary>One run, from before it is asked for until its end is heard.</summary>
    public async Task<TimeSpan> RunAsync(JsonElement plan, JsonElement? input, string expected, CancellationToken cancellation)
    {
        var runId = Guid.CreateVersion7();
        var end = stage.EndedRuns.Expect(runId);
        var begun = Stopwatch.GetTimestamp();
        await stage.Starter.StartAsync(new StartProvisioning { RunId = runId, Plan = plan, Input = input }, cancellation);
        var ended = await end.WaitAsync(settings.Timeout, cancellation);
        return ended.Status == expected
            ? Stopwatch.GetElapsedTime(begun, ended.Timestamp)
            : throw new InvalidOperationException($"A run ended {ended.Status}, but should have ended {expected}.");
    }

    /// <summary>So many runs of a plan, so many of them at a time.</summary>
    public async Task<PlanCost> MeasureAsync(
        string what, JsonElement plan, JsonElement? input, int runs, int concurrency, int stepsPerRun, CancellationToken cancellation)
    {
        Progress.Say($"{what}…");
        await _stored.DrainAsync(TimeSpan.FromSeconds(15), cancellation);
        var before = await Snapshot.TakeAsync(stage, ownDatabase, cancellation);
        var writtenBefore = await WrittenBytesAsync(cancellation);
        var begun = Stopwatch.GetTimestamp();
        var left = runs;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(runs, concurrency)).Select(_ => Task.Run(LaneAsync, cancellation)));
        var elapsed = Stopwatch.GetElapsedTime(begun);
        await _stored.DrainAsync(TimeSpan.FromSeconds(15), cancellation);
        var written = await WrittenBytesAsync(cancellation) - writtenBefore;
        var after = await Snapshot.TakeAsync(stage, ownDatabase, cancellation);
        var steps = runs * stepsPerRun;
        var usage = new Usage(stage, before, after, steps);
        return new PlanCost
        {
            What = what,
            Steps = steps,
            StepsPerSecond = Figure.Of(steps / elapsed.TotalSeconds),
            ProductCpuMillisecondsPerStep = usage.Resources().ProductCpuMillisecondsPerStep,
            AllocatedBytesPerStep = usage.Resources().AllocatedBytesPerStep,
            WrittenBytesPerStep = written is { } bytes ? Math.Round((double)bytes / steps) : null,
            TransactionsPerStep = usage.Database(stage.Database!.Kind, server: null).TransactionsPerStep,
        };

        async Task LaneAsync()
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await RunAsync(plan, input, EndedRun.Completed, cancellation);
        }
    }

    /// <summary>What the server has written ahead of its tables since it was made: all that a commit must bring to the disk. Null where no server counts.</summary>
    private async Task<long?> WrittenBytesAsync(CancellationToken cancellation) =>
        stage.Database is PostgresDatabase ? await _stored.WrittenBytesAsync(cancellation) : null;
}
