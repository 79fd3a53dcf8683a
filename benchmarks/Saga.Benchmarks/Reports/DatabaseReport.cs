namespace Saga.Benchmarks.Reports;

/// <summary>The database work of a step, everything of its run included.</summary>
internal sealed record DatabaseReport
{
    public required string Kind { get; init; }

    public required double TransactionsPerStep { get; init; }

    public required double CommandsPerStep { get; init; }

    public required double RoundTripsPerStep { get; init; }

    /// <summary>Commands and transactions that failed, in all.</summary>
    public required long Failures { get; init; }

    public string Method { get; } =
        "Entity Framework's diagnostics in the workers, from the first start under load until the outbox is empty. A command may be a batch of "
        + "statements. Transactions are commits and commands outside of a transaction; round trips are commands and commits.";

    /// <summary>The same by the server's own statistics, as a check.</summary>
    public required DatabaseServerReport? Server { get; init; }
}
