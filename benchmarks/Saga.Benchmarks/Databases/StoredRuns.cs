using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Outbox;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;

namespace Saga.Benchmarks.Databases;

/// <summary>What the database says became of the runs.</summary>
internal sealed class StoredRuns(DbContextOptions<RunDbContext> options)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until every message of the outbox is delivered and deleted.</summary>
    /// <returns>How many rows are left.</returns>
    public async Task<int> DrainAsync(TimeSpan longest, CancellationToken cancellation)
    {
        await using var dbContext = new RunDbContext(options);
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            var rows = await dbContext.Set<OutboxMessage>().CountAsync(cancellation);
            if (rows == 0 || Stopwatch.GetElapsedTime(begun) > longest)
                return rows;
            await Task.Delay(_pause, cancellation);
        }
    }

    public async Task<int> CompletedRunsAsync(CancellationToken cancellation)
    {
        await using var dbContext = new RunDbContext(options);
        return await dbContext.Runs.CountAsync(run => run.CurrentState == nameof(RunStatus.Completed), cancellation);
    }

    public async Task<int> CompletedLedgerRowsAsync(CancellationToken cancellation)
    {
        await using var dbContext = new RunDbContext(options);
        return await dbContext.Ledger.CountAsync(row => row.Status == "completed", cancellation);
    }

    public async Task<int> LedgerRowsAsync(CancellationToken cancellation)
    {
        await using var dbContext = new RunDbContext(options);
        return await dbContext.Ledger.CountAsync(cancellation);
    }

    /// <summary>How much PostgreSQL has written ahead of its tables since the server was made.</summary>
    public async Task<long> WrittenBytesAsync(CancellationToken cancellation)
    {
        await using var dbContext = new RunDbContext(options);
        return await dbContext.Database
            .SqlQuery<long>($"SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint AS \"Value\"")
            .SingleAsync(cancellation);
    }
}
