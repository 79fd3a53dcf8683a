namespace Saga.Benchmarks.Reports;

/// <summary>What it took, by process.</summary>
internal sealed record ResourceReport
{
    /// <summary>The product: orchestrators and step workers.</summary>
    public required double ProductCpuMillisecondsPerStep { get; init; }

    /// <summary>Everything in <see cref="Processes"/>, the client included.</summary>
    public required double AllCpuMillisecondsPerStep { get; init; }

    public required double AllocatedBytesPerStep { get; init; }

    public required IReadOnlyList<ProcessReport> Processes { get; init; }

    public string Method { get; } =
        "From the first start under load until the outbox is empty. .NET processes report their own CPU time, allocations and peak resident set "
        + "(since their start). Servers on this machine are found by their port and read from /proc: CPU time with all child processes, "
        + "and the highest sum of proportional set sizes, looked at every second. A server that cannot be "
        + "seen is missing. Per step: all of its run included.";
}
