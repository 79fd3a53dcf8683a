using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Sagas;
using Saga.EntityFrameworkCore.Telemetry;

namespace Saga.EntityFrameworkCore.Batching;

/// <summary>
/// Loads the instances that many messages wait for in one query. While one query is under way the next batch of ids gathers, so a lone
/// message is loaded at once.
/// </summary>
internal sealed class GroupLoad<TSaga, TDbContext>(IServiceScopeFactory scopes, InstanceQuery<TSaga> query, AdapterMetrics<TDbContext> metrics)
    where TSaga : class, ISaga
    where TDbContext : DbContext
{
    private readonly Lock _lock = new();
    private Dictionary<Guid, TaskCompletionSource<TSaga?>> _waiting = [];
    private bool _loading;

    /// <summary>
    /// The instance, tracked by nobody yet, or null. An id is asked for by one message at a time: <see cref="InstanceLock"/> sees to it.
    /// </summary>
    public async Task<TSaga?> LoadAsync(Guid correlationId, CancellationToken cancellationToken)
    {
        Task<TSaga?> loaded;
        var begin = false;
        lock (_lock)
        {
            if (!_waiting.TryGetValue(correlationId, out var waiter))
            {
                waiter = new TaskCompletionSource<TSaga?>(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add(correlationId, waiter);
            }

            loaded = waiter.Task;
            if (!_loading)
                begin = _loading = true;
        }

        if (begin)
            _ = Task.Run(LoadWaitingAsync, CancellationToken.None); // Elsewhere, because SQLite does all its work on the caller's thread.
        return await loaded.WaitAsync(cancellationToken);
    }

    private async Task LoadWaitingAsync()
    {
        while (true)
        {
            Dictionary<Guid, TaskCompletionSource<TSaga?>> batch;
            lock (_lock)
            {
                if (_waiting.Count == 0)
                {
                    _loading = false;
                    return;
                }

                batch = _waiting;
                _waiting = [];
            }

            await LoadAsync(batch);
        }
    }

    private async Task LoadAsync(Dictionary<Guid, TaskCompletionSource<TSaga?>> batch)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var dbContext = scope.ServiceProvider.GetRequiredService<TDbContext>();
            var ids = batch.Keys.ToList();
            metrics.Loaded(ids.Count);
            var found = await query.Untracked(dbContext)
                .Where(saga => ids.Contains(saga.CorrelationId))
                .ToDictionaryAsync(saga => saga.CorrelationId);
            foreach (var (id, waiter) in batch)
                waiter.TrySetResult(found.GetValueOrDefault(id));
        }
        catch (Exception exception)
        {
            foreach (var waiter in batch.Values)
                waiter.TrySetException(exception);
        }
    }
}
