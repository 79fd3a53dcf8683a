using Saga.Benchmarks.Reports;

namespace Saga.Benchmarks.Soak;

/// <summary>What was done to the product, and what came of its runs.</summary>
internal sealed record SoakReport
{
    public required DateTimeOffset At { get; init; }

    public required Machine Machine { get; init; }

    public required string QueueType { get; init; }

    public required int Runs { get; init; }

    public required int FailingPercent { get; init; }

    public required int Orchestrators { get; init; }

    public required int Workers { get; init; }

    public required int Concurrency { get; init; }

    /// <summary>From the first start until the last end was stored.</summary>
    public required double Seconds { get; init; }

    public required double RunsPerSecond { get; init; }

    public required int KilledOrchestrators { get; init; }

    public required int KilledWorkers { get; init; }

    /// <summary>How long it took to kill and start it; null if it was left alone.</summary>
    public required double? BrokerRestartSeconds { get; init; }

    /// <summary>How long it took to kill and start it; null if it was left alone.</summary>
    public required double? DatabaseRestartSeconds { get; init; }

    /// <summary>Outbox rows that were left behind and swept up.</summary>
    public required long SweptRows { get; init; }

    /// <summary>Commands obeyed again, which the step recognised by their key.</summary>
    public required long RepeatedEffects { get; init; }

    public bool Passed => Checks.All(check => check.Passed);

    public required IReadOnlyList<Check> Checks { get; init; }
}
