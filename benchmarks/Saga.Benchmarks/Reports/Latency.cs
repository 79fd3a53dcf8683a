namespace Saga.Benchmarks.Reports;

/// <summary>How long runs took, in milliseconds.</summary>
internal sealed record Latency
{
    public required double Mean { get; init; }

    public required double P50 { get; init; }

    public required double P95 { get; init; }

    public required double P99 { get; init; }

    public required double Max { get; init; }

    /// <summary>Sums up; null when there is nothing to.</summary>
    /// <param name="sorted">In milliseconds, ascending.</param>
    public static Latency? Of(IReadOnlyList<double> sorted)
    {
        if (sorted.Count == 0)
            return null;

        return new Latency { Mean = Figure.Of(sorted.Average()), P50 = At(0.50), P95 = At(0.95), P99 = At(0.99), Max = Figure.Of(sorted[^1]) };

        // The smallest value that is not less than this share of all values.
        double At(double share) => Figure.Of(sorted[(int)Math.Ceiling(share * sorted.Count) - 1]);
    }
}
