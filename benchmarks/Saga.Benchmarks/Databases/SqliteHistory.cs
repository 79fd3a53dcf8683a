namespace Saga.Benchmarks.Databases;

/// <summary>Many rows of a few on SQLite, where Entity Framework stores ids in capital letters and moments as text.</summary>
internal sealed class SqliteHistory : IHistoryDialect
{
    public IReadOnlyList<string> Tidy { get; } = ["ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"];

    public string Numbers(long lowest, long highest) =>
        $"(WITH RECURSIVE counting (n) AS (VALUES ({highest}) UNION ALL SELECT n - 1 FROM counting WHERE n > {lowest}) SELECT n FROM counting) AS g";

    public string RunId(DateTimeOffset moment)
    {
        var milliseconds = $"({moment.ToUnixTimeMilliseconds()} - g.n * 1000)";
        return $"printf('%08X-%04X-7000-8000-%012X', {milliseconds} >> 16, {milliseconds} & 65535, g.n)";
    }

    public string Earlier(string column) => $"strftime('%Y-%m-%d %H:%M:%f', {column}, '-' || g.n || ' seconds')";
}
