using System.Globalization;
using System.Runtime.InteropServices;

namespace Saga.Benchmarks.Reports;

/// <summary>Where the figures come from.</summary>
internal sealed record Machine
{
    public int Cores { get; } = Environment.ProcessorCount;

    public double MemoryMiB { get; } = Figure.Mebibytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    public string Os { get; } = RuntimeInformation.OSDescription;

    public string Architecture { get; } = RuntimeInformation.OSArchitecture.ToString();

    public string DotNet { get; } = Environment.Version.ToString();

    /// <summary>Processes that wanted a core in the minute before: when it is not near 0, the machine was shared, and times are too long.</summary>
    public double? LoadBefore { get; } = File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : null;
}
