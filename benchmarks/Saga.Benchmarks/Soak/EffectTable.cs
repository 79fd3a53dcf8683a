using Npgsql;

namespace Saga.Benchmarks.Soak;

/// <summary>The world that the steps change: a row for each effect, whose key makes a repeat harmless, as in any service with idempotency keys.</summary>
internal sealed class EffectTable(NpgsqlDataSource database)
{
    public const string Execute = "execute";
    public const string Compensate = "compensate";

    public const string Definition =
        """
        CREATE TABLE effects (
            run uuid NOT NULL,
            node text NOT NULL,
            action text NOT NULL,
            key text NOT NULL,
            times int NOT NULL DEFAULT 1,
            keys_differ boolean NOT NULL DEFAULT false,
            PRIMARY KEY (run, node, action))
        """;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Returns once the effect is there. A step whose world is away waits for it: it must not fail, because then it would have to be sure that it did
    /// nothing.
    /// </summary>
    public async Task CauseAsync(Guid run, string node, string action, string key, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await TryCauseAsync(run, node, action, key, cancellation);
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(_pause, cancellation);
            }
        }
    }

    private async Task TryCauseAsync(Guid run, string node, string action, string key, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            INSERT INTO effects AS e (run, node, action, key) VALUES ($1, $2, $3, $4)
            ON CONFLICT (run, node, action) DO UPDATE SET times = e.times + 1, keys_differ = e.keys_differ OR e.key <> excluded.key
            """);
        foreach (var value in (object[])[run, node, action, key])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
