using Saga.Benchmarks.Comparison;

namespace Saga.Benchmarks.Reports;

/// <summary>The medians of one side's rounds.</summary>
internal sealed record SideReport
{
    public required string What { get; init; }

    public required IReadOnlyList<string> Publishes { get; init; }

    public required long? RunsStoredBefore { get; init; }

    public required double? StepsPerSecond { get; init; }

    public required double? LatencyAloneP50Milliseconds { get; init; }

    public required double? LatencyUnderLoadP50Milliseconds { get; init; }

    public required IReadOnlyDictionary<string, double?> CpuMillisecondsPerStep { get; init; }

    /// <summary>In all rounds and before them.</summary>
    public required IReadOnlyDictionary<string, double> PeakMemoryMiB { get; init; }

    public static SideReport Of(Side side) => new()
    {
        What = side.Description.What,
        Publishes = side.Description.Publishes,
        RunsStoredBefore = side.Description.RunsStoredBefore,
        StepsPerSecond = Median.Of(side.Rounds.Select(round => (double?)round.StepsPerSecond)),
        LatencyAloneP50Milliseconds = Median.Of(side.Rounds.Select(round => round.LatencyAloneMilliseconds?.P50)),
        LatencyUnderLoadP50Milliseconds = Median.Of(side.Rounds.Select(round => round.LatencyUnderLoadMilliseconds?.P50)),
        CpuMillisecondsPerStep = side.Rounds.SelectMany(round => round.CpuMillisecondsPerStep)
            .GroupBy(process => process.Key, process => (double?)process.Value, StringComparer.Ordinal)
            .ToDictionary(process => process.Key, Median.Of, StringComparer.Ordinal),
        PeakMemoryMiB = side.Rounds[^1].PeakMemoryMiB,
    };
}
