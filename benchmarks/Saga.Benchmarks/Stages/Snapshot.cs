using Saga.Benchmarks.Workers;

namespace Saga.Benchmarks.Stages;

/// <summary>What everything had used at one moment, in the order of the stage's parts.</summary>
internal sealed record Snapshot(IReadOnlyList<WorkerSample> Workers, IReadOnlyList<double?> ServerCpuSeconds, WorkerSample Client)
{
    public DatabaseCounts Database => Workers.Aggregate(default(DatabaseCounts), (sum, worker) => sum + worker.Database);

    public static async Task<Snapshot> TakeAsync(Stage stage, DatabaseCounter ownDatabase, CancellationToken cancellation)
    {
        var workers = await Task.WhenAll(stage.Workers.Select(worker => worker.SampleAsync(cancellation)));
        return new Snapshot(workers, [.. stage.Servers.Select(server => server.CpuSeconds)], WorkerSample.Take(ownDatabase));
    }
}
