using Npgsql;

namespace Saga.Worker.Database;

/// <summary>Holds a PostgreSQL database for one process, as an advisory lock of a connection that stays open.</summary>
internal sealed class PostgresLock : IDisposable
{
    // The key is any number that nobody else in the database takes.
    private const string TryLock = "SELECT pg_try_advisory_lock(5080736147)";

    private readonly NpgsqlConnection _connection;

    private PostgresLock(string connectionString) =>
        _connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 30 }.ConnectionString);

    /// <summary>Takes the lock, without waiting for it.</summary>
    /// <exception cref="Hosting.SettingsException">Another process holds it.</exception>
    public static async Task<PostgresLock> TakeAsync(string connectionString, string database, CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // It is the caller's to dispose of, unless something throws.
        var held = new PostgresLock(connectionString);
#pragma warning restore CA2000
        try
        {
            await held._connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(TryLock, held._connection);
            return (bool)(await command.ExecuteScalarAsync(cancellationToken))! ? held : throw OneProcess.TakenBy(database);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose() => _connection.Dispose();
}
