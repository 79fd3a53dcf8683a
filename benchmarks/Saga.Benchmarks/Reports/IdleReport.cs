namespace Saga.Benchmarks.Reports;

/// <summary>The document that `idle` prints.</summary>
internal sealed record IdleReport
{
    public string Benchmark { get; } = "idle";

    public required DateTimeOffset At { get; init; }

    public required Machine Machine { get; init; }

    public required double Seconds { get; init; }

    public required Limited DatabaseQueriesPerSecond { get; init; }

    public required Limited ResidentMemoryMiB { get; init; }

    public required double PeakResidentMemoryMiB { get; init; }

    public required double CpuPercent { get; init; }

    public bool Passed => DatabaseQueriesPerSecond.Passed && ResidentMemoryMiB.Passed;

    public string Method { get; } =
        "An embedded worker (SQLite, queues in memory, all roles) in a process of its own, 5 s after it was ready. Queries are the commands "
        + "that Entity Framework reports; memory is the resident set at the end; the peak includes starting.";
}
