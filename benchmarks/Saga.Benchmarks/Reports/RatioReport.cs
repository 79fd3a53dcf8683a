using Saga.Benchmarks.Comparison;

namespace Saga.Benchmarks.Reports;

/// <summary>How one side compares with the other.</summary>
internal sealed record RatioReport
{
    /// <summary>The side that is divided, and the side it is divided by.</summary>
    public required string Of { get; init; }

    /// <summary>Above 1 the first side is faster.</summary>
    public required double? StepsPerSecond { get; init; }

    /// <summary>Above 1 the first side is slower.</summary>
    public required double? LatencyAloneP50 { get; init; }

    /// <summary>Above 1 the first side is slower.</summary>
    public required double? LatencyUnderLoadP50 { get; init; }

    public required IReadOnlyList<double?> StepsPerSecondByRound { get; init; }

    public required IReadOnlyList<double?> LatencyAloneP50ByRound { get; init; }

    public string Method { get; } =
        "Each round's figure of the first side divided by the same round's figure of the second, which was measured right after it; the median of "
        + "that. Under load all runs are started at once or as others end; alone they run one after the other.";

    public static RatioReport Between(Side measured, Side baseline)
    {
        var stepsPerSecond = Ratios(round => round.StepsPerSecond);
        var alone = Ratios(round => round.LatencyAloneMilliseconds?.P50);
        return new RatioReport
        {
            Of = $"{measured.Name}/{baseline.Name}",
            StepsPerSecond = Median.Of(stepsPerSecond),
            LatencyAloneP50 = Median.Of(alone),
            LatencyUnderLoadP50 = Median.Of(Ratios(round => round.LatencyUnderLoadMilliseconds?.P50)),
            StepsPerSecondByRound = stepsPerSecond,
            LatencyAloneP50ByRound = alone,
        };

        List<double?> Ratios(Func<RoundReport, double?> figure) => [.. measured.Rounds.Zip(baseline.Rounds, (a, b) => Divide(figure(a), figure(b)))];
    }

    // JSON has no infinity; a side that did nothing at all fails the check anyway.
    private static double? Divide(double? dividend, double? divisor) =>
        divisor is 0 ? null : dividend / divisor is { } ratio ? Figure.Of(ratio) : null;
}
