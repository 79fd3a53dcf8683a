namespace Saga.Benchmarks.Databases;

/// <summary>Many rows of a few on PostgreSQL.</summary>
internal sealed class PostgresHistory : IHistoryDialect
{
    // Many new rows set autovacuum to work a minute later, and much new log a checkpoint.
    public IReadOnlyList<string> Tidy { get; } = ["VACUUM (ANALYZE)", "CHECKPOINT"];

    public string Numbers(long lowest, long highest) => $"generate_series({highest}, {lowest}, -1) AS g (n)";

    public string RunId(DateTimeOffset moment) =>
        $"(lpad(to_hex({moment.ToUnixTimeMilliseconds()} - g.n * 1000), 12, '0') || '70008000' || lpad(to_hex(g.n), 12, '0'))::uuid";

    public string Earlier(string column) => $"{column} - g.n * interval '1 second'";
}
