using Saga.Worker.Hosting;

namespace Saga.Benchmarks.Stages;

/// <summary>What to measure; see the options of the command.</summary>
internal sealed record MeasurementSettings
{
    public required int Runs { get; init; }

    public required int Steps { get; init; }

    public required int Concurrency { get; init; }

    public required int Lone { get; init; }

    public required int WarmUp { get; init; }

    public required int Orchestrators { get; init; }

    public required int Workers { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required string? Database { get; init; }

    public required Uri? Broker { get; init; }

    public required QueueType QueueType { get; init; }

    /// <summary>The management API of the broker, where the stage gets a virtual host to itself; null to use the broker's address.</summary>
    public Uri? Management { get; init; }
}
