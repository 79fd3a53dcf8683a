namespace Saga.Benchmarks.Throughput;

/// <summary>What to measure; see the options of the command.</summary>
internal sealed record ThroughputSettings
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
}
