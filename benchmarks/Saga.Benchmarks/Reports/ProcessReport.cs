namespace Saga.Benchmarks.Reports;

/// <summary>What one process, or a server and its processes, used.</summary>
internal sealed record ProcessReport
{
    public required string Name { get; init; }

    public required double CpuSeconds { get; init; }

    public required double CpuMillisecondsPerStep { get; init; }

    /// <summary>Only .NET processes know.</summary>
    public double? AllocatedBytesPerStep { get; init; }

    /// <summary>Collections of the garbage collector; only .NET processes know.</summary>
    public int? Collections { get; init; }

    public required double PeakMemoryMiB { get; init; }
}
