using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Saga.Worker.Database;

/// <summary>
/// Sets what SQLite forgets with each connection: every commit reaches the disk, and readers do not wait for the writer. A lock is waited for by SQLite for a second at a
/// time, which sees it end at once, and by the driver until its own 30 seconds are over: had both the same patience, one would begin anew when the other ends.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 1000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (MayNotWrite(connection))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (MayNotWrite(connection))
            return;
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
    // By such a connection Entity Framework asks whether the file is there. Only one that may write can change the mode of a journal, which a restored file may need.
    private static bool MayNotWrite(DbConnection connection) => connection.ConnectionString.Contains("Mode=ReadOnly", StringComparison.OrdinalIgnoreCase);
}
