using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Saga.EntityFrameworkCore.Crashes;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// Rows whose messages have reached the broker and which are to be deleted: by the next batch that is written, or, when none comes, by a statement
/// of their own. A row that is not deleted, because the process died, is delivered again by a sweep: a repeat, which receivers recognise.
/// </summary>
internal sealed class DeliveredRows<TDbContext>(
    IServiceScopeFactory scopes, DatabaseWrites<TDbContext> writes, DatabaseWatch<TDbContext> watch, ILogger<DeliveredRows<TDbContext>> logger)
    : BackgroundService, IHostedLifecycleService
    where TDbContext : DbContext
{
    private const int DeleteLimit = 1000;

    private readonly TimeSpan _patience = TimeSpan.FromMilliseconds(100);
    private readonly TimeSpan _retryDelay = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private readonly Channel<bool> _added = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Queue<OutboxMessage> _rows = new();
    private long _batches;

    public void Add(OutboxMessage row)
    {
        lock (_lock)
            _rows.Enqueue(row);
        _added.Writer.TryWrite(true);
    }

    /// <summary>What a batch deletes along with what it writes.</summary>
    public IReadOnlyCollection<RowChange> TakeInto(IModel model)
    {
        if (model.FindEntityType(typeof(OutboxMessage)) is not { } outbox || TableShape.Of(outbox) is not { } table)
            return [];
        Interlocked.Increment(ref _batches);
        return [.. Take().Select(row => RowChange.Delete(table, row, guards: []))];
    }

    /// <summary>The batch was not committed.</summary>
    public void GiveBack(IReadOnlyCollection<RowChange> taken)
    {
        foreach (var row in taken)
            Add((OutboxMessage)row.Entity);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await DeleteAllAsync(cancellationToken);
    }

    /// <summary>The bus stops after this service, and what it delivers until then must not be delivered again by the next start.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => DeleteAllAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await _added.Reader.ReadAsync(stoppingToken);
                await WaitWhileBatchesComeAsync(stoppingToken);
                if (!await DeleteAllAsync(stoppingToken))
                    await Task.Delay(_retryDelay, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: the rows delivered last go in StopAsync.
        }
    }

    private async Task WaitWhileBatchesComeAsync(CancellationToken cancellationToken)
    {
        long before;
        do
        {
            before = Interlocked.Read(ref _batches);
            await Task.Delay(_patience, cancellationToken);
        }
        while (Interlocked.Read(ref _batches) != before);
    }

    // False if the database did not let it.
    private async Task<bool> DeleteAllAsync(CancellationToken cancellationToken)
    {
        while (Take() is { Count: > 0 } rows)
        {
            if (!await TryDeleteAsync(rows, cancellationToken))
                return false;
        }

        return true;
    }

    private async Task<bool> TryDeleteAsync(List<OutboxMessage> rows, CancellationToken cancellationToken)
    {
        try
        {
            var ids = rows.ConvertAll(row => row.Id);
            await using var scope = scopes.CreateAsyncScope();
            var dbContext = scope.ServiceProvider.GetRequiredService<TDbContext>();
            await writes.RunAsync(
                token => dbContext.Set<OutboxMessage>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(token), cancellationToken);
            return true;
        }
        catch (Exception exception)
        {
            rows.ForEach(Add);
            if (!cancellationToken.IsCancellationRequested && !watch.Note(exception))
                logger.DeleteFailed(rows.Count, exception);
            return false;
        }
    }

    private List<OutboxMessage> Take()
    {
        lock (_lock)
        {
            var taken = new List<OutboxMessage>(Math.Min(_rows.Count, DeleteLimit));
            while (taken.Count < DeleteLimit && _rows.TryDequeue(out var row))
                taken.Add(row);
            if (taken.Count > 0)
                CrashPoints.Reach(CrashPoint.BeforeDeletion);
            return taken;
        }
    }
}
