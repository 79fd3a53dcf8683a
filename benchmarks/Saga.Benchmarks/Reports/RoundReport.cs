using Saga.Benchmarks.Load;
using Saga.Benchmarks.Stages;

namespace Saga.Benchmarks.Reports;

/// <summary>One round of one side.</summary>
internal sealed record RoundReport
{
    public required double StepsPerSecond { get; init; }

    public required Latency? LatencyAloneMilliseconds { get; init; }

    public required Latency? LatencyUnderLoadMilliseconds { get; init; }

    public required IReadOnlyDictionary<string, double> CpuMillisecondsPerStep { get; init; }

    /// <summary>Since each process started, or, for servers, has been watched.</summary>
    public required IReadOnlyDictionary<string, double> PeakMemoryMiB { get; init; }

    public static RoundReport Of(LoadResult alone, LoadMeasurement underLoad, int steps)
    {
        var processes = underLoad.Usage.Processes();
        return new RoundReport
        {
            StepsPerSecond = Figure.Of(underLoad.Result.RunsPerSecond * steps),
            LatencyAloneMilliseconds = Latency.Of(alone.Latencies),
            LatencyUnderLoadMilliseconds = Latency.Of(underLoad.Result.Latencies),
            CpuMillisecondsPerStep =
                processes.ToDictionary(process => process.Name, process => process.CpuMillisecondsPerStep, StringComparer.Ordinal),
            PeakMemoryMiB = processes.ToDictionary(process => process.Name, process => process.PeakMemoryMiB, StringComparer.Ordinal),
        };
    }
}
