using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Saga.EntityFrameworkCore.Tests.Databases;

/// <summary>A SQLite database whose connections get into trouble when a test says so, by what SQLite itself offers for that.</summary>
internal sealed class TroubledSqlite : DbTransactionInterceptor, IDbConnectionInterceptor, IOrderDatabase
{
    private readonly SqliteOrderDatabase _database;
    private volatile Trouble _trouble;

    private TroubledSqlite(SqliteOrderDatabase database) => _database = database;

    public static async Task<TroubledSqlite> CreateAsync()
    {
#pragma warning disable CA2000 // It is disposed of with what holds it.
        var database = await SqliteOrderDatabase.CreateAsync();
#pragma warning restore CA2000
        return new TroubledSqlite(database);
    }

    /// <summary>From now on the file cannot grow, as on a disk that is full.</summary>
    public void Fill() => _trouble = Trouble.Full;

    /// <summary>From now on nothing can be written.</summary>
    public void MakeReadOnly() => _trouble = Trouble.ReadOnly;

    public void Mend() => _trouble = Trouble.None;

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
#pragma warning disable CA2100 // Each of the texts is a constant.
        command.CommandText = _trouble switch
        {
            Trouble.Full => "PRAGMA max_page_count = 1;",
            Trouble.ReadOnly => "PRAGMA query_only = 1;",
            _ => "PRAGMA query_only = 0; PRAGMA max_page_count = 4294967294;",
        };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private enum Trouble
    {
        None,
        Full,
        ReadOnly,
    }
}
