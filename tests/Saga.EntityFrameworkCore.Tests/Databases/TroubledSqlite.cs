using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Saga.EntityFrameworkCore.Tests.Databases;

/// <summary>A SQLite database whose connections get into trouble when a test says so, by what SQLite itself offers for that.</summary>
internal sealed class TroubledSqlite : DbTransactionInterceptor, IDbConnectionInterceptor, IOrderDatabase
{
    private const string Well = "PRAGMA query_only = 0; PRAGMA max_page_count = 4294967294;";

    private readonly SqliteOrderDatabase _database;
    private volatile string _pragmas = Well;

    private TroubledSqlite(SqliteOrderDatabase database) => _database = database;

    public static async Task<TroubledSqlite> CreateAsync() => new(await SqliteOrderDatabase.CreateAsync());

    /// <summary>From now on the file cannot grow, as on a disk that is full.</summary>
    public void Fill() => _pragmas = "PRAGMA max_page_count = 1;";

    /// <summary>From now on nothing can be written.</summary>
    public void MakeReadOnly() => _pragmas = "PRAGMA query_only = 1;";

    public void Mend() => _pragmas = Well;

    // A lock is waited for no longer than a second.
    public void Use(DbContextOptionsBuilder options) => _database.Use(options, "Default Timeout=1").AddInterceptors(this);

    public async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default) =>
        await ApplyAsync(connection, transaction: null);

    public override async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        await ApplyAsync(connection, result);
        return result;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task ApplyAsync(DbConnection connection, DbTransaction? transaction)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = _pragmas;
        await command.ExecuteNonQueryAsync();
    }
}
