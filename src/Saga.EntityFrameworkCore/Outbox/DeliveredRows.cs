using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// Deletes rows whose messages have reached the broker, many in one statement, off the path of the messages. A row that is not deleted, because
/// the process died, is delivered again by a sweep: a repeat, which receivers recognise.
/// </summary>
internal sealed class DeliveredRows<TDbContext>(
    IServiceScopeFactory scopes,
    DatabaseWrites<TDbContext> writes,
    TimeProvider clock,
    ILogger<DeliveredRows<TDbContext>> logger) : BackgroundService, IHostedLifecycleService
    where TDbContext : DbContext
{
    private const int DeleteLimit = 1000;

    private readonly TimeSpan _retryDelay = TimeSpan.FromSeconds(1);
    private readonly Channel<Guid> _ids = Channel.CreateUnbounded<Guid>(new UnboundedChannelOptions { SingleReader = true });

    public void Add(Guid id) => _ids.Writer.TryWrite(id);

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
            while (await _ids.Reader.WaitToReadAsync(stoppingToken))
            {
                if (!await TryDeleteSomeAsync(stoppingToken))
                    await Task.Delay(_retryDelay, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: the rows delivered last go in StopAsync.
        }
    }

    private async Task DeleteAllAsync(CancellationToken cancellationToken)
    {
        while (_ids.Reader.TryPeek(out _) && await TryDeleteSomeAsync(cancellationToken))
        {
            // There may be more than one statement takes.
        }
    }

    private async Task<bool> TryDeleteSomeAsync(CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        while (ids.Count < DeleteLimit && _ids.Reader.TryRead(out var id))
            ids.Add(id);

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var dbContext = scope.ServiceProvider.GetRequiredService<TDbContext>();
            await writes.RunAsync(
                token => dbContext.Set<OutboxMessage>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(token), cancellationToken);
            return true;
        }
        catch (Exception exception)
        {
            ids.ForEach(Add);
            if (!cancellationToken.IsCancellationRequested)
                logger.DeleteFailed(ids.Count, exception);
            return false;
        }
    }
}
