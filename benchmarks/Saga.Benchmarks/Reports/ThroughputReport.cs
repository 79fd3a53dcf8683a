namespace Saga.Benchmarks.Reports;

/// <summary>The document that `throughput` prints.</summary>
internal sealed record ThroughputReport
{
    public string Benchmark { get; } = "throughput";

    public required DateTimeOffset At { get; init; }

    public required ConfigurationReport Configuration { get; init; }

    public required Machine Machine { get; init; }

    public required double Seconds { get; init; }

    public required double RunsPerSecond { get; init; }

    public required double StepsPerSecond { get; init; }

    public required LatencyReport LatencyMilliseconds { get; init; }

    public required DatabaseReport Database { get; init; }

    public required ResourceReport Resources { get; init; }

    public required CorrectnessReport Correctness { get; init; }
}
