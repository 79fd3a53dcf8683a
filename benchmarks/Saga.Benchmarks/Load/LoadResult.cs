namespace Saga.Benchmarks.Load;

/// <summary>What came of a load.</summary>
/// <param name="Elapsed">From the first start to the last end.</param>
/// <param name="Ends">How each run ended, and how long that took.</param>
internal sealed record LoadResult(TimeSpan Elapsed, IReadOnlyCollection<(string Status, double Milliseconds)> Ends)
{
    public int Completed => Ends.Count(end => end.Status == EndedRun.Completed);

    public double RunsPerSecond => Completed / Elapsed.TotalSeconds;

    public IReadOnlyList<double> Latencies => [.. Ends.Where(end => end.Status == EndedRun.Completed).Select(end => end.Milliseconds).Order()];
}
