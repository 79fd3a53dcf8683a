using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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
    IServiceScopeFactory scopes,
    DatabaseWrites<TDbContext> writes,
    DeliveredRows<TDbContext> deliveredRows,
    BatchWriter writer,
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

    private async Task SaveAsync(List<PendingSave> batch)
    {
        var together = new Dictionary<PendingSave, IReadOnlyCollection<RowChange>>(batch.Count);
        foreach (var save in batch)
        {
            if (save.Rows() is { } rows)
                together.Add(save, rows);
            else
                await SaveAloneAsync(save);
        }

        while (together.Count > 0)
            await SaveTogetherAsync(together);
    }

    /// <summary>Writes them in one transaction, and removes from <paramref name="together"/> those whose fate is known.</summary>
    private async Task SaveTogetherAsync(Dictionary<PendingSave, IReadOnlyCollection<RowChange>> together)
    {
        IReadOnlySet<PendingSave> overtaken;
        try
        {
            overtaken = await WriteAsync(together);
        }
        catch (Exception exception)
        {
            await SaveOneByOneAsync(together, exception);
            return;
        }

        if (overtaken.Count == 0)
        {
            foreach (var save in together.Keys)
                save.Succeed();
            together.Clear();
            return;
        }

        logger.BatchOvertaken(together.Count, overtaken.Count);
        foreach (var save in overtaken)
        {
            together.Remove(save);
            await SaveAloneAsync(save);
        }
    }

    private async Task<IReadOnlySet<PendingSave>> WriteAsync(Dictionary<PendingSave, IReadOnlyCollection<RowChange>> together)
    {
        using var activity = AdapterActivities.StartBatch(together.Keys);
        await using var scope = scopes.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<TDbContext>();
        var delivered = deliveredRows.TakeInto(dbContext.Model);
        var committed = false;
        try
        {
            var startedAt = Stopwatch.GetTimestamp();
            var rows = together.Values.SelectMany(rows => rows).Concat(delivered).ToList();
            var overtaken = await writes.RunAsync(token => writer.WriteAsync(dbContext, rows, token), CancellationToken.None);
            committed = overtaken.Count == 0;
            activity?.SetTag("saga.batch.rows", rows.Count).SetTag("saga.batch.conflicts", overtaken.Count);
            Count(dbContext, together.Count, rows.Count, overtaken.Count, startedAt);
            return overtaken;
        }
        finally
        {
            if (!committed)
                deliveredRows.GiveBack(delivered);
        }
    }

    // To SQLite every row is a command of its own.
    private void Count(TDbContext dbContext, int messages, int rows, int overtaken, long startedAt)
    {
        var roundTrips = DatabaseKinds.Of(dbContext) == DatabaseKind.Postgres ? 1 : rows;
        if (overtaken == 0)
            metrics.BatchCommitted(messages, rows, roundTrips, startedAt);
        else
            metrics.BatchOvertaken(overtaken, roundTrips);
    }

    /// <summary>Nobody can tell whose fault the failure is, so each finds out for itself; but when the database is away, it is away for all.</summary>
    private async Task SaveOneByOneAsync(Dictionary<PendingSave, IReadOnlyCollection<RowChange>> together, Exception exception)
    {
        metrics.BatchSplit();
        logger.BatchFailed(together.Count, exception);
        foreach (var save in together.Keys)
        {
            if (DatabaseFailure.IsTransient(exception))
                save.Fail(exception);
            else
                await SaveAloneAsync(save);
        }

        together.Clear();
    }

    private async Task SaveAloneAsync(PendingSave save)
    {
        metrics.SavedAlone();
        try
        {
            await writes.RunAsync(save.SaveAloneAsync, CancellationToken.None);
            save.Succeed();
        }
        catch (Exception exception)
        {
            save.Fail(exception);
        }
    }
}
