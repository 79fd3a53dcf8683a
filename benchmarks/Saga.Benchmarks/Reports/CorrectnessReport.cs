namespace Saga.Benchmarks.Reports;

/// <summary>Whether the runs did what they were measured for.</summary>
internal sealed record CorrectnessReport
{
    public bool Passed => Checks.All(check => check.Passed);

    public required IReadOnlyList<Check> Checks { get; init; }

    /// <summary>Ends heard more than once: allowed, because messages are delivered at least once.</summary>
    public required long RepeatedEnds { get; init; }
}
