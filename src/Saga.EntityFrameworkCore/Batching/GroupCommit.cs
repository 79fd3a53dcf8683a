using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Outbox;
using Saga.EntityFrameworkCore.Telemetry;
using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Batching;

/// <summary>
/// Writes what many messages changed in one transaction. While one is under way the next batch gathers; nothing waits for a timer, so a lone message
/// is written at once. What fails, fails alone: the others of its batch are written without it.
/// </summary>
internal sealed class GroupCommit<TDbContext>(
    BatchContext<TDbContext> context,
    DatabaseWrites<TDbContext> writes,
    DeliveredRows<TDbContext> deliveredRows,
    BatchWriter writer,
    DatabaseWatch<TDbContext> watch,
    AdapterMetrics<TDbContext> metrics,
    ILogger<GroupCommit<TDbContext>> logger)
    where TDbContext : DbContext
{
    private readonly Lock _lock = new();
    private List<PendingSave> _waiting = [];
    private bool _saving;

    /// <summary>Completes when the changes are committed; fails when they cannot be, as SaveChanges would.</summary>
    public Task SaveAsync(PendingSave save)
    {
        lock (_lock)
        {
            _waiting.Add(save);
            if (_saving)
                return save.Done;
            _saving = true;
        }

        // Elsewhere, because SQLite does all its work on the caller's thread, and the caller is done when its own batch is.
        _ = Task.Run(SaveWaitingAsync);
        return save.Done;
    }

    private async Task SaveWaitingAsync()
    {
        while (true)
        {
            List<PendingSave> batch;
            lock (_lock)
            {
                if (_waiting.Count == 0)
                {
                    _saving = false;
                    return;
                }

                batch = _waiting;
                _waiting = [];
            }

            try
            {
                await SaveAsync(batch);
            }
            catch (Exception exception)
            {
                // Such as a context that cannot be read. Nobody may wait for ever, and the next batch must be written.
                batch.ForEach(save => save.Fail(exception));
            }
        }
    }

    private async Task SaveAsync(List<PendingSave> waiting)
    {
        var together = new SaveBatch();
        foreach (var save in waiting)
        {
            var rows = save.Rows();
            if (!together.CanTake(save, rows))
                await SaveTogetherAsync(together);
            if (rows is null)
                await SaveAloneAsync(save);
            else if (!save.FailIfOrphaned())
                together.Add(save, rows);
        }

        await SaveTogetherAsync(together);
    }

    /// <summary>Writes them in one transaction; when some are overtaken, those alone and the others again. Afterwards the batch is empty.</summary>
    private async Task SaveTogetherAsync(SaveBatch batch)
    {
        while (batch.Chains.Count > 0)
        {
            try
            {
                await SaveWhatCanBeAsync(batch);
            }
            catch (Exception exception)
            {
                await SaveOneByOneAsync(batch, exception);
            }
        }
    }

    /// <summary>Removes those whose fate is known.</summary>
    private async Task SaveWhatCanBeAsync(SaveBatch batch)
    {
        var overtaken = await WriteAsync(batch);
        if (overtaken.Count == 0)
        {
            foreach (var save in batch.Saves)
                save.Succeed();
            batch.Clear();
            return;
        }

        logger.BatchOvertaken(batch.Saves.Count, overtaken.Sum(chain => chain.Saves.Count));
        foreach (var chain in overtaken)
        {
            batch.Remove(chain);
            foreach (var save in chain.Saves)
                await SaveAloneAsync(save);
        }
    }

    private async Task<IReadOnlySet<SaveChain>> WriteAsync(SaveBatch batch)
    {
        using var activity = AdapterActivities.StartBatch(batch.Saves);
        return await context.UseAsync(async dbContext =>
        {
            var delivered = deliveredRows.TakeInto(dbContext.Model);
            var committed = false;
            try
            {
                var startedAt = Stopwatch.GetTimestamp();
                var rows = batch.Chains.SelectMany(chain => chain.OwnRows()).Concat(delivered).ToList();
                var written = await writes.RunAsync(token => writer.WriteAsync(dbContext, rows, token), CancellationToken.None);
                committed = written.IsCommitted;
                activity?.SetTag("saga.batch.rows", rows.Count).SetTag("saga.batch.conflicts", written.Overtaken.Count);
                if (committed)
                    watch.Worked(wroteRows: true);
                Count(written, batch.Saves.Count, rows.Count, startedAt);
                return written.Overtaken;
            }
            finally
            {
                if (!committed)
                    deliveredRows.GiveBack(delivered);
            }
        });
    }

    private void Count(WrittenBatch written, int messages, int rows, long startedAt)
    {
        if (written.IsCommitted)
            metrics.BatchCommitted(messages, rows, written, startedAt);
        else
            metrics.BatchOvertaken(written);
    }

    /// <summary>
    /// Nobody can tell whose fault the failure is, so each finds out for itself; but a database in trouble is so for all. Who was overtaken,
    /// as by a deadlock, was not the only one.
    /// </summary>
    private async Task SaveOneByOneAsync(SaveBatch batch, Exception exception)
    {
        metrics.BatchSplit();
        logger.BatchFailed(batch.Saves.Count, exception);
        foreach (var save in batch.Saves)
        {
            if (DatabaseFailure.IsTrouble(exception))
                save.Fail(exception);
            else
                await SaveAloneAsync(save);
        }

        batch.Clear();
    }

    private async Task SaveAloneAsync(PendingSave save)
    {
        if (save.FailIfOrphaned())
            return;

        metrics.SavedAlone();
        try
        {
            await writes.RunAsync(save.SaveAloneAsync, CancellationToken.None);
            watch.Worked(wroteRows: true);
            save.Succeed();
        }
        catch (Exception exception)
        {
            save.Fail(exception);
        }
    }
}
