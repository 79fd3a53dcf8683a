using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.Crashes;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.EntityFrameworkCore.Writing;

/// <summary>Writes what many messages changed in one transaction.</summary>
internal sealed class BatchWriter
{
    private readonly PostgresRowWriter _postgres = new();
    private readonly SqliteRowWriter _sqlite = new();

    /// <summary>Commits all rows, or none.</summary>
    /// <returns>Nothing, or whose rows were overtaken, in which case nothing was committed.</returns>
    public async Task<IReadOnlySet<SaveChain>> WriteAsync(DbContext dbContext, IReadOnlyCollection<RowChange> rows, CancellationToken cancellationToken)
    {
        await using var transaction = await dbContext.Database.BeginTransactionAsync(cancellationToken);
        IRowWriter writer = DatabaseKinds.Of(dbContext) == DatabaseKind.Postgres ? _postgres : _sqlite;
        var overtaken = await writer.WriteAsync(transaction.GetDbTransaction(), RowGroup.Of(rows), cancellationToken);
        if (overtaken.Count > 0)
            return overtaken;

        CrashPoints.Reach(CrashPoint.BeforeCommit);
        await transaction.CommitAsync(cancellationToken);
        CrashPoints.Reach(CrashPoint.AfterCommit);
        return overtaken;
    }
}
