using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Saga.Benchmarks.Workers;
using Saga.StateMachines.Persistence;

namespace Saga.Benchmarks.Databases;

/// <summary>
/// A new database on a PostgreSQL server, dropped in the end. The server's statistics are read on the connection given, to another database, so
/// that reading them is not in the count.
/// </summary>
internal sealed class PostgresDatabase : IBenchmarkDatabase
{
    /// <summary>A server process hands in its statistics at the latest this long after its last transaction.</summary>
    private static readonly TimeSpan _statisticsDelay = TimeSpan.FromSeconds(10.5);

    private readonly NpgsqlDataSource _server;
    private readonly string _name;

    private PostgresDatabase(string serverConnection, string name)
    {
        _server = NpgsqlDataSource.Create(serverConnection);
        _name = name;
        var builder = new NpgsqlConnectionStringBuilder(serverConnection) { Database = name };
        ConnectionString = builder.ConnectionString;
        LocalPort = IsHere(builder.Host) ? builder.Port : null;
    }

    public string Kind => "PostgreSQL";

    public string ConnectionString { get; }

    public int? LocalPort { get; }

    public DbContextOptions<RunDbContext> Options => new DbContextOptionsBuilder<RunDbContext>().UseNpgsql(ConnectionString).Options;

    public IHistoryDialect History { get; } = new PostgresHistory();

    public static async Task<PostgresDatabase> CreateAsync(string serverConnection, CancellationToken cancellation)
    {
        var database = new PostgresDatabase(serverConnection, $"saga_benchmark_{Guid.CreateVersion7():n}");
        await database.ExecuteAsync($"CREATE DATABASE {database._name}", cancellation);
        return database;
    }

    public async Task<ServerCounts?> CountAsync(IEnumerable<WorkerProcess> workers, bool workGoesOn, CancellationToken cancellation)
    {
        if (workGoesOn)
        {
            await Task.Delay(_statisticsDelay, cancellation);
        }
        else
        {
            foreach (var worker in workers)
                await worker.DisconnectAsync(cancellation);
            NpgsqlConnection.ClearAllPools();
            // A server process that loses its client hands in its statistics as it ends.
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        }

        await using var command = _server.CreateCommand("SELECT xact_commit, xact_rollback FROM pg_stat_database WHERE datname = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = _name });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new ServerCounts(reader.GetInt64(0), reader.GetInt64(1));
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)", CancellationToken.None);
        await _server.DisposeAsync();
    }

    private static bool IsHere(string? host) =>
        host is "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private async Task ExecuteAsync(string statement, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // The name in it is made here.
        await using var command = _server.CreateCommand(statement);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
