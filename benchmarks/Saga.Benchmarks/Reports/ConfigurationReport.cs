using Saga.Benchmarks.Stages;
using Saga.Worker.Messaging;

namespace Saga.Benchmarks.Reports;

/// <summary>What was measured. Addresses are left out, because they may hold passwords.</summary>
internal sealed record ConfigurationReport
{
    public required int Runs { get; init; }

    public required int Steps { get; init; }

    public required int Concurrency { get; init; }

    public required int Lone { get; init; }

    public required int WarmUp { get; init; }

    public required string Database { get; init; }

    public required string Broker { get; init; }

    public required string? QueueType { get; init; }

    public required int Orchestrators { get; init; }

    public required int Workers { get; init; }

    public required string Load { get; init; }

    public static ConfigurationReport Of(MeasurementSettings settings, string database) => new()
    {
        Runs = settings.Runs,
        Steps = settings.Steps,
        Concurrency = settings.Concurrency,
        Lone = settings.Lone,
        WarmUp = settings.WarmUp,
        Database = database,
        Broker = settings.Broker is null ? "in memory" : "RabbitMQ",
        QueueType = settings.Broker is null ? null : settings.QueueType.Name(),
        Orchestrators = settings.Orchestrators,
        Workers = settings.Broker is null ? 0 : settings.Workers,
        Load = settings.Broker is null
            ? "The client posts to /api/runs of the one process that is everything, which listens for the ends on its own bus and tells the client."
            : "The client publishes StartProvisioning with MassTransit, confirmed by the broker, and subscribes to the ends.",
    };
}
