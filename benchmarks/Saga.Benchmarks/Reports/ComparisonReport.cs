namespace Saga.Benchmarks.Reports;

/// <summary>The document that `ceiling` and `growth` print.</summary>
internal sealed record ComparisonReport
{
    public required string Benchmark { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>For each side and round, but for the warm-up, which comes once.</summary>
    public required ConfigurationReport Configuration { get; init; }

    public required Machine Machine { get; init; }

    public required RatioReport Ratio { get; init; }

    /// <summary>Medians of the rounds, by side.</summary>
    public required IReadOnlyDictionary<string, SideReport> Sides { get; init; }

    /// <summary>In the order they were measured, by side.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, RoundReport>> Rounds { get; init; }

    public required CorrectnessReport Correctness { get; init; }

    public string Method { get; } =
        "The processes of both sides stay up, and only one side gets load at a time, in turn. Each has a database and a virtual host of the broker "
        + "to itself, on the same servers: their CPU time is read around each load, so it belongs to the side that was under load and to what the "
        + "other does at rest; their peak memory is that of both. Peak memory of .NET processes is their resident set since they started.";
}
