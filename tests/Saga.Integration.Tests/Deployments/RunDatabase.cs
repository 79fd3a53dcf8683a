using Npgsql;

namespace Saga.Integration.Tests.Deployments;

/// <summary>What the tables say, whether or not any process of the product is alive.</summary>
public sealed class RunDatabase(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(
        // Not pooled, because a connection to a server that was killed since would be handed out again.
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);

    public string ConnectionString => connectionString;

    public Task<long> CountEndedRunsAsync(CancellationToken cancellation = default) =>
        CountAsync("SELECT count(*) FROM saga_runs WHERE status IN ('completed', 'rolled_back', 'failed')", cancellation);

    public Task<long> CountLiveRunsAsync(CancellationToken cancellation = default) =>
        CountAsync("SELECT count(*) FROM saga_runs WHERE status IN ('pending', 'running', 'compensating')", cancellation);

    public Task<long> CountOutboxRowsAsync(CancellationToken cancellation = default) => CountAsync("SELECT count(*) FROM saga_outbox", cancellation);

    /// <summary>Nodes that are to be woken sooner or later.</summary>
    public Task<long> CountNodesToWakeAsync(CancellationToken cancellation = default) =>
        CountAsync("SELECT count(*) FROM saga_step_results WHERE wake_at IS NOT NULL", cancellation);

    /// <summary>Nodes that a process has woken, and that have not moved: the next wake comes when their lease is over.</summary>
    public Task<long> CountNodesLeasedAsync(CancellationToken cancellation = default) =>
        CountAsync("SELECT count(*) FROM saga_step_results WHERE wake_at IS NOT NULL AND wake_id < 0", cancellation);

    /// <summary>Has the moment come, now, of every node that waits for one.</summary>
    public async Task LetTimePassAsync()
    {
        await using var command = _source.CreateCommand("UPDATE saga_step_results SET wake_at = now() WHERE wake_at IS NOT NULL");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Rows whose destination contains this, such as <c>saga-step-</c>.</summary>
    public Task<long> CountOutboxRowsToAsync(string destination, CancellationToken cancellation = default) =>
        CountAsync($"SELECT count(*) FROM saga_outbox WHERE destination LIKE '%{destination}%'", cancellation);

    /// <summary>Rows that a sweep has tried to deliver.</summary>
    public Task<long> CountOutboxRowsSweptAsync(CancellationToken cancellation = default) =>
        CountAsync("SELECT count(*) FROM saga_outbox WHERE attempts > 0", cancellation);

    /// <summary>Rows that have been due for so many seconds.</summary>
    public Task<long> CountOutboxRowsDueForAsync(int seconds, CancellationToken cancellation = default) =>
        CountAsync($"SELECT count(*) FROM saga_outbox WHERE due_at < now() - interval '{seconds} seconds'", cancellation);

    public async Task<bool> KnowsStepAsync(string step, CancellationToken cancellation = default) =>
        await CountAsync($"SELECT count(*) FROM saga_steps WHERE name = '{step}'", cancellation) == 1;

    /// <summary>Lets nobody write to the outbox, so that commits wait, until what is returned is disposed of.</summary>
    public async Task<IAsyncDisposable> HoldOutboxAsync()
    {
        var connection = await _source.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("LOCK TABLE saga_outbox IN EXCLUSIVE MODE", connection, transaction);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Commits that wait because they have something to send. Rows that are only deleted wait, too, and do not count.</summary>
    public Task<long> CountCommitsHeldAsync(CancellationToken cancellation = default) => CountAsync(
        "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND relation = 'saga_outbox'::regclass AND query LIKE '%INSERT INTO%'",
        cancellation);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<long> CountAsync(string sql, CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
