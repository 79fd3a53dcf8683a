using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Databases;

/// <summary>A SQLite database whose connections get into trouble when a test says so.</summary>
internal sealed class TroubledSqlite : IOrderDatabase
{
    private readonly SqliteOrderDatabase _database;

    private TroubledSqlite(SqliteOrderDatabase database) => _database = database;

    public SqliteTrouble Trouble { get; } = new();

    public static async Task<TroubledSqlite> CreateAsync()
    {
#pragma warning disable CA2000 // It is disposed of with what holds it.
        var database = await SqliteOrderDatabase.CreateAsync();
#pragma warning restore CA2000
        return new TroubledSqlite(database);
    }

    // A lock is waited for no longer than a second.
    public void Use(DbContextOptionsBuilder options) => _database.Use(options, "Default Timeout=1").AddInterceptors(Trouble);

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
