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
    ILogger<DeliveredRows<TDbContext>> logger) : BackgroundService
    where TDbContext : DbContext
{
    private const int DeleteLimit = 1000;

    private readonly Channel<Guid> _ids = Channel.CreateUnbounded<Guid>(new UnboundedChannelOptions { SingleReader = true });

    public void Add(Guid id) => _ids.Writer.TryWrite(id);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _ids.Reader.WaitToReadAsync(stoppingToken))
                await DeleteSomeAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the rows delivered last go in StopAsync.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (_ids.Reader.TryPeek(out _))
            await DeleteSomeAsync(cancellationToken);
    }

    private async Task DeleteSomeAsync(CancellationToken cancellationToken)
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
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.DeleteFailed(ids.Count, exception);
        }
    }
}
