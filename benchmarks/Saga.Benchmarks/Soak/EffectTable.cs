using Npgsql;

namespace Saga.Benchmarks.Soak;

/// <summary>
/// The world that the steps change: a row for each idempotency key, with the effect that was asked for first under it. Like any service with such keys it
/// takes every later request with that key for a repeat, and does nothing, whatever it asks for.
/// </summary>
internal sealed class EffectTable(NpgsqlDataSource database)
{
    public const string Execute = "execute";
    public const string Compensate = "compensate";

    public const string Definition =
        """
        CREATE TABLE effects (
            key text PRIMARY KEY,
            run uuid NOT NULL,
            node text NOT NULL,
            action text NOT NULL,
            times int NOT NULL DEFAULT 1,
            requests_differ boolean NOT NULL DEFAULT false)
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
            INSERT INTO effects AS e (key, run, node, action) VALUES ($1, $2, $3, $4)
            ON CONFLICT (key) DO UPDATE SET times = e.times + 1,
                requests_differ = e.requests_differ OR (e.run, e.node, e.action) <> (excluded.run, excluded.node, excluded.action)
            """);
        foreach (var value in (object[])[key, run, node, action])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
