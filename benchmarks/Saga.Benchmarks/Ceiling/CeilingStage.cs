using Saga.Benchmarks.Stages;

namespace Saga.Benchmarks.Ceiling;

/// <summary>What could at best be reached with MassTransit and this broker, without a database.</summary>
internal static class CeilingStage
{
    public static Task<Stage> SetAsync(MeasurementSettings settings, CeilingOptions options, CancellationToken cancellation) =>
        Stage.SetAsync(async stage =>
        {
            var broker = await stage.JoinAsync(settings.Broker!, settings.Management, cancellation);
            // One orchestrator, however many the product has: others would not see the runs in its memory.
            await stage.StartAsync("orchestrator", 1, CeilingWorker.Command(broker, CeilingWorker.Orchestrator, options), cancellation);
            await stage.StartAsync("steps", settings.Workers, CeilingWorker.Command(broker, CeilingWorker.Steps, options), cancellation);
        });
}
