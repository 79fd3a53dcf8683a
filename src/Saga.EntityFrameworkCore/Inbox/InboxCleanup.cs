using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Inbox;

/// <summary>Makes the inbox forget what is older than its window. Several processes may do it at once: each takes rows no other has locked.</summary>
internal sealed class InboxCleanup<TDbContext>(
    IServiceScopeFactory scopes,
    InboxTable<TDbContext> table,
    DatabaseWrites<TDbContext> writes,
    DatabaseWatch<TDbContext> watch,
    TimeProvider clock,
    IOptions<OutboxOptions> options,
    ILogger<InboxCleanup<TDbContext>> logger) : BackgroundService
    where TDbContext : DbContext
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!table.IsMapped)
            return;

        using var timer = new PeriodicTimer(options.Value.InboxCleanupInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await ForgetAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; another process, or the next start, goes on.
        }
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var before = clock.GetUtcNow() - options.Value.DuplicateDetectionWindow;
            while (await ForgetSomeAsync(before, cancellationToken) == options.Value.InboxCleanupLimit)
            {
                // A full statement means there may be more.
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!watch.Note(exception))
                logger.InboxCleanupFailed(exception);
        }
    }

    private async Task<int> ForgetSomeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<TDbContext>();
        return await writes.RunAsync(
            token => ForgetStatement.ExecuteAsync(dbContext, before, options.Value.InboxCleanupLimit, token), cancellationToken);
    }
}
