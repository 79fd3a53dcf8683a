using Saga.Benchmarks.Reports;

namespace Saga.Benchmarks.Plans;

/// <summary>What the size of a plan costs.</summary>
internal sealed record PlansReport
{
    public string Benchmark { get; init; } = "plans";

    public required DateTimeOffset At { get; init; }

    public required Machine Machine { get; init; }

    public required string Database { get; init; }

    /// <summary>How many nodes the large plan has.</summary>
    public required int Nodes { get; init; }

    /// <summary>From asking for a run of a large plan that nobody has read before, to hearing that it ended, as its first node fails.</summary>
    public required IReadOnlyList<double> StartMilliseconds { get; init; }

    public required PlanCost LongChain { get; init; }

    public required PlanCost ShortChains { get; init; }

    /// <summary>A step of the long chain in terms of one of the short chains: at most 1.3 is the target.</summary>
    public required IReadOnlyDictionary<string, double?> LongToShort { get; init; }

    public required PlanCost FanOut { get; init; }

    public required PlanCost IndependentRuns { get; init; }

    /// <summary>Steps per second of the fan-out in terms of as many independent runs: at least 0.5 is the target.</summary>
    public required double FanOutToIndependent { get; init; }
}
