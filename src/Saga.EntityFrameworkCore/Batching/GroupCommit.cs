using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.EntityFrameworkCore.Batching;

/// <summary>
/// Saves what many messages changed in one transaction by one SaveChanges. While one save is under way the next batch gathers; nothing waits for
/// a timer, so a lone message is saved at once and by itself. What fails, fails alone: the others of its batch are saved without it.
/// </summary>
internal sealed class GroupCommit<TDbContext>(
    IServiceScopeFactory scopes, DatabaseWrites<TDbContext> writes, ILogger<GroupCommit<TDbContext>> logger)
    where TDbContext : DbContext
{
    private readonly Lock _lock = new();
    private List<PendingSave> _waiting = [];
    private bool _saving;

    /// <summary>Completes when the context's changes are committed; fails when they cannot be, as SaveChanges would.</summary>
    public Task SaveAsync(TDbContext dbContext)
    {
        var save = new PendingSave(dbContext);
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

            await SaveAsync(batch);
        }
    }

    private async Task SaveAsync(List<PendingSave> batch)
    {
        var together = new List<PendingSave>();
        foreach (var save in batch)
        {
            if (batch.Count > 1 && SaveBatch.CanTravel(save.DbContext))
                together.Add(save);
            else
                await SaveAloneAsync(save);
        }

        while (together.Count > 1)
            together = await SaveTogetherAsync(together);
        foreach (var save in together)
            await SaveAloneAsync(save);
    }

    /// <summary>Saves them in one transaction.</summary>
    /// <returns>Those to be tried again, because another of the batch failed.</returns>
    private async Task<List<PendingSave>> SaveTogetherAsync(List<PendingSave> together)
    {
        await using var scope = scopes.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<TDbContext>();
        var batch = new SaveBatch(dbContext);
        try
        {
            foreach (var save in together)
                batch.Add(save);
            await writes.RunAsync(dbContext.SaveChangesAsync, CancellationToken.None);
        }
        catch (Exception exception)
        {
            return await WithoutTheFailedAsync(together, batch, exception);
        }

        together.ForEach(save => save.Succeed());
        return [];
    }

    private async Task<List<PendingSave>> WithoutTheFailedAsync(List<PendingSave> together, SaveBatch batch, Exception exception)
    {
        var failed = batch.OwnersOf(exception);
        logger.BatchFailed(together.Count, failed.Count, exception);
        if (DatabaseFailure.IsTransient(exception))
        {
            together.ForEach(save => save.Fail(exception));
            return [];
        }

        if (failed.Count > 0)
        {
            foreach (var save in failed)
                save.Fail(exception);
            return together.FindAll(save => !failed.Contains(save));
        }

        // Nobody can tell whose fault it is, so each finds out for itself.
        foreach (var save in together)
            await SaveAloneAsync(save);
        return [];
    }

    private async Task SaveAloneAsync(PendingSave save)
    {
        try
        {
            await writes.RunAsync(save.DbContext.SaveChangesAsync, CancellationToken.None);
            save.Succeed();
        }
        catch (Exception exception)
        {
            save.Fail(exception);
        }
    }
}
