using System.Diagnostics;

namespace Saga.Benchmarks.Workers;

/// <summary>What a .NET process has used since it started, as it says itself.</summary>
internal sealed record WorkerSample
{
    public required double CpuSeconds { get; init; }

    public required long AllocatedBytes { get; init; }

    public required int Collections { get; init; }

    public required long RssBytes { get; init; }

    public required long PeakRssBytes { get; init; }

    public required DatabaseCounts Database { get; init; }

    public static WorkerSample Take(DatabaseCounter database)
    {
        using var process = Process.GetCurrentProcess();
        return new WorkerSample
        {
            CpuSeconds = Environment.CpuUsage.TotalTime.TotalSeconds,
            AllocatedBytes = GC.GetTotalAllocatedBytes(precise: true),
            Collections = GC.CollectionCount(0),
            RssBytes = process.WorkingSet64,
            PeakRssBytes = process.PeakWorkingSet64,
            Database = database.Counts,
        };
    }
}
