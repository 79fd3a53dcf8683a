using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Saga.EntityFrameworkCore.Crashes;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.EntityFrameworkCore.Writing;

/// <summary>Writes what many messages changed in one transaction.</summary>
internal sealed class BatchWriter
{
    private readonly PostgresSingleTrip _singleTrip = new();
    private readonly PostgresRowWriter _postgres = new();
    private readonly SqliteRowWriter _sqlite = new();

    /// <summary>Commits all rows, or none.</summary>
    public async Task<WrittenBatch> WriteAsync(DbContext dbContext, IReadOnlyCollection<RowChange> rows, CancellationToken cancellationToken)
    {
        var groups = RowGroup.Of(rows).ToList();
        if (DatabaseKinds.Of(dbContext) != DatabaseKind.Postgres)
            return await WriteThenCommitAsync(_sqlite, dbContext, groups, new WrittenBatch { Statements = rows.Count }, cancellationToken);

        var attempts = 0;
        if (PostgresSingleTrip.Suits(dbContext, groups))
        {
            attempts++;
            if (await _singleTrip.TryWriteAsync(dbContext, groups, cancellationToken))
            {
                CrashPoints.Reach(CrashPoint.AfterCommit);
                return new WrittenBatch(WrittenBatch.Nobody, attempts, Statements: 0);
            }
        }

        return await WriteThenCommitAsync(_postgres, dbContext, groups, new WrittenBatch { Attempts = attempts, Statements = 1 }, cancellationToken);
    }

    private static async Task<WrittenBatch> WriteThenCommitAsync(
        IRowWriter writer, DbContext dbContext, List<RowGroup> groups, WrittenBatch cost, CancellationToken cancellationToken)
    {
        await using var transaction = await dbContext.Database.BeginTransactionAsync(cancellationToken);
        var written = cost with { Overtaken = await writer.WriteAsync(transaction.GetDbTransaction(), groups, cancellationToken) };
        if (!written.IsCommitted)
            return written;

        CrashPoints.Reach(CrashPoint.BeforeCommit);
        await transaction.CommitAsync(cancellationToken);
        CrashPoints.Reach(CrashPoint.AfterCommit);
        return written;
    }
}
