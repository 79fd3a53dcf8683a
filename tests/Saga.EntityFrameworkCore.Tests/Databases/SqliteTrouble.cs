using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Saga.EntityFrameworkCore.Tests.Databases;

/// <summary>Gets SQLite connections into trouble when a test says so, by what SQLite itself offers for that.</summary>
internal sealed class SqliteTrouble : DbTransactionInterceptor, IDbConnectionInterceptor
{
    private volatile Trouble _trouble;

    /// <summary>From now on the file cannot grow, as on a disk that is full.</summary>
    public void Fill() => _trouble = Trouble.Full;

    /// <summary>From now on nothing can be written.</summary>
    public void MakeReadOnly() => _trouble = Trouble.ReadOnly;

    public void Mend() => _trouble = Trouble.None;

    public async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default) =>
        await ApplyAsync(connection, transaction: null);

    public override async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        await ApplyAsync(connection, result);
        return result;
    }

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
