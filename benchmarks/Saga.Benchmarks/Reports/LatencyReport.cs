namespace Saga.Benchmarks.Reports;

/// <summary>How long a caller waits for a run.</summary>
internal sealed record LatencyReport
{
    /// <summary>With `concurrency` runs alive at once.</summary>
    public required Latency? UnderLoad { get; init; }

    /// <summary>One run after the other.</summary>
    public required Latency? Alone { get; init; }

    public string Method { get; } = "In the client, from before the start is sent until its end is heard, on the machine's monotonic clock.";
}
