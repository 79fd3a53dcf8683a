namespace Saga.Benchmarks.Plans;

/// <summary>What runs of a plan took.</summary>
internal sealed record PlanCost
{
    public required string What { get; init; }

    public required int Steps { get; init; }

    public required double StepsPerSecond { get; init; }

    /// <summary>Of the product's own processes.</summary>
    public required double ProductCpuMillisecondsPerStep { get; init; }

    public required double AllocatedBytesPerStep { get; init; }

    /// <summary>Write-ahead log of PostgreSQL; null on SQLite.</summary>
    public required double? WrittenBytesPerStep { get; init; }

    public required double TransactionsPerStep { get; init; }
}
