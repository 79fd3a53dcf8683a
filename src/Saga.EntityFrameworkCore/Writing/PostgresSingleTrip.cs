using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using Saga.EntityFrameworkCore.Crashes;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.EntityFrameworkCore.Writing;

/// <summary>
/// Writes and commits a batch in a single round trip. Statements that are sent together without a transaction are one of their own, which is committed
/// when the last of them succeeds; so each of them fails when it does not write every row it should. That tells nobody whose row it was: then nothing
/// has happened, and <see cref="PostgresRowWriter"/> finds out.
/// </summary>
internal sealed class PostgresSingleTrip
{
    private readonly PostgresCommands _manyRows = new(PostgresStatements.AllOrNothing);
    private readonly PostgresRowCommands _oneRow = new();

    /// <summary>
    /// Whether a batch can be written so. Not when some rows of a statement may be gone and others may not; nor when the commit is to be seen, by an
    /// interceptor or by a test that kills the process before it.
    /// </summary>
    public static bool Suits(DbContext dbContext, List<RowGroup> groups) =>
        groups.TrueForAll(group => group.IsOwned || group.MayBeGone)
        && !CrashPoints.LieBeforeCommit
        && !HasTransactionInterceptor(dbContext);

    /// <summary>Commits all rows, or none.</summary>
    /// <returns>False if some row was overtaken.</returns>
    public async Task<bool> TryWriteAsync(DbContext dbContext, List<RowGroup> groups, CancellationToken cancellationToken)
    {
        await dbContext.Database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch((NpgsqlConnection)dbContext.Database.GetDbConnection());
        batch.BatchCommands.Add(new NpgsqlBatchCommand(groups.TrueForAll(IsOneRow) ? PostgresRowStatements.FindByKey : PostgresStatements.FindByKey));
        groups.ForEach(group => batch.BatchCommands.Add(IsOneRow(group) ? _oneRow.Of(group) : _manyRows.Of(group)));
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (DatabaseFailure.IsKeyTaken(exception) || exception.SqlState == PostgresStatements.RowMissing)
        {
            return false;
        }
        finally
        {
            await dbContext.Database.CloseConnectionAsync();
        }
    }

    private static bool IsOneRow(RowGroup group) => group.Rows.Length == 1;

    // Those of this library are told of transactions that callers and handlers open; a batch is neither.
    private static bool HasTransactionInterceptor(DbContext dbContext) =>
        dbContext.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.Interceptors is { } interceptors
        && interceptors.Any(interceptor => interceptor is IDbTransactionInterceptor && interceptor.GetType().Assembly != typeof(PostgresSingleTrip).Assembly);
}
