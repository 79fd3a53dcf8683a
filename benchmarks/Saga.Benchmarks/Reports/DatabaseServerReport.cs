namespace Saga.Benchmarks.Reports;

/// <summary>What the database server counted.</summary>
internal sealed record DatabaseServerReport
{
    public required double CommitsPerStep { get; init; }

    public required long Rollbacks { get; init; }

    public string Method { get; } =
        "xact_commit and xact_rollback of pg_stat_database, less the benchmark's own; read after 10.5 s without load and, in the end, after the "
        + "workers have closed their connections, because server processes hand in their statistics late. Includes opening connections.";
}
