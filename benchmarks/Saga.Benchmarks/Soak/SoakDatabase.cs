using Npgsql;

namespace Saga.Benchmarks.Soak;

/// <summary>A new database on a server that is going to be killed, dropped in the end. It keeps no connections, which would not survive.</summary>
internal sealed class SoakDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private SoakDatabase(string server, string name)
    {
        (_server, _name) = (server, name);
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    /// <summary>What others connect with.</summary>
    public string ConnectionString { get; }

    public static async Task<SoakDatabase> CreateAsync(string server, string purpose, CancellationToken cancellation)
    {
        var database = new SoakDatabase(server, $"saga_soak_{purpose}_{Guid.CreateVersion7():n}");
        await ExecuteAsync(server, $"CREATE DATABASE {database._name}", cancellation);
        return database;
    }

    public Task ExecuteAsync(string statement, CancellationToken cancellation) => ExecuteAsync(ConnectionString, statement, cancellation);

    public async Task<IReadOnlyList<T>> ReadAsync<T>(string query, Func<NpgsqlDataReader, T> row, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(ConnectionString, cancellation);
#pragma warning disable CA2100 // Nothing in it comes from outside.
        await using var command = new NpgsqlCommand(query, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(row(reader));
        return rows;
    }

    public async Task<long> CountAsync(string query, CancellationToken cancellation) =>
        (await ReadAsync(query, row => row.GetInt64(0), cancellation))[0];

    public async ValueTask DisposeAsync() =>
        await ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)", CancellationToken.None);

    private static async Task ExecuteAsync(string connectionString, string statement, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(connectionString, cancellation);
#pragma warning disable CA2100 // Nothing in it comes from outside.
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }
}
