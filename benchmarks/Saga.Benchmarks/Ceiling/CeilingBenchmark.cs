using Saga.Benchmarks.Comparison;
using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Stages;
using Saga.Benchmarks.Workers;
using Saga.Contracts;
using Saga.Worker.Messaging;

namespace Saga.Benchmarks.Ceiling;

/// <summary>Compares the durable product with an application that sends the same messages and keeps nothing.</summary>
internal static class CeilingBenchmark
{
    private const string End = nameof(ProvisioningCompleted);

    private static readonly string[] _events = [nameof(ProvisioningAccepted), nameof(ProvisioningStarted), End];

    public static async Task<ComparisonReport> MeasureAsync(
        MeasurementSettings settings, CeilingOptions options, int rounds, CancellationToken cancellation)
    {
        var machine = new Machine();
        using var ownDatabase = new DatabaseCounter();
        Progress.Say("Starting the processes…");
        await using var durableStage = await ProductStage.SetAsync(settings, cancellation);
        await using var ceilingStage = await CeilingStage.SetAsync(settings, options, cancellation);

        var durable = new Side(
            new LoadedStage(durableStage, settings, ownDatabase),
            settings,
            new SideDescription(
                "durable",
                $"The product as it is: its orchestrators and step workers on {durableStage.Database!.Kind} and RabbitMQ {settings.QueueType.Name()} queues.")
            {
                Publishes = _events,
                RunsStoredBefore = 0,
            });
        var ceiling = new Side(
            new LoadedStage(ceilingStage, settings, ownDatabase),
            settings,
            new SideDescription(
                "ceiling",
                "A minimal MassTransit application: one process with a state machine on MassTransit's in-memory saga repository, without outbox, "
                + "ledger or log, whose sends are confirmed by the broker and awaited together; and step processes with a minimal consumer of its "
                + "own, not the product's. Same contracts and contents, type of queues, prefetch and concurrency limits as the product.")
            {
                Publishes = options.Lean ? [End] : _events,
            });
        return await new PairedComparison(durable, ceiling, rounds, machine)
            .MeasureAsync("ceiling", ConfigurationReport.Of(settings, durableStage.Database.Kind), cancellation);
    }
}
