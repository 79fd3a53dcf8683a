using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Telemetry;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// Delivers the messages whose scheduled time has come, and the rows that a dead process, or an unreachable broker, left behind. A sweep takes
/// rows by moving their due time ahead (their lease), so several processes can sweep at once and no row lock is held while the broker is
/// waited for.
/// </summary>
internal sealed class OutboxSweeper<TDbContext>(
    IServiceScopeFactory scopes,
    BusReach bus,
    DatabaseWrites<TDbContext> writes,
    DatabaseWatch<TDbContext> watch,
    OutboxDelivery<TDbContext> delivery,
    DeliveredRows<TDbContext> deliveredRows,
    KeptRows<TDbContext> keptRows,
    BrokerSilence<TDbContext> silence,
    OverdueMessages<TDbContext> overdue,
    AdapterMetrics<TDbContext> metrics,
    TimeProvider clock,
    IOptions<OutboxOptions> options,
    ILogger<OutboxSweeper<TDbContext>> logger) : BackgroundService
    where TDbContext : DbContext
{
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private bool _leftBehindIsDue = !options.Value.SingleProcess;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await WaitForBrokerAsync(stoppingToken);
                delivery.Alarm.RingAt(clock.GetUtcNow() + options.Value.SweepInterval);
                await TryAsync(SweepAllAsync, stoppingToken);
                await delivery.Alarm.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; another process, or the next start, goes on.
        }
    }

    private async Task SweepAllAsync(CancellationToken cancellationToken)
    {
        if (!_leftBehindIsDue)
            await MakeLeftBehindDueAsync(cancellationToken);

        bool isFull;
        do
        {
            // A silent broker is asked with one row: the others stay due, and go as soon as it answers.
            var limit = silence.Since is null ? options.Value.SweepLimit : 1;
            isFull = await SweepAsync(limit, cancellationToken) == limit;
        }
        while (isFull && silence.Since is null);

        await LookAsync(cancellationToken);
    }

    // Whoever scheduled a message for the time until the next sweep may be dead, so every process rings for it. One that has become due since
    // the sweep is rung for at once.
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await overdue.LookAsync(clock.GetUtcNow() + options.Value.SweepInterval, cancellationToken) is { } dueAt)
            delivery.Alarm.RingAt(dueAt);
    }

    // Nothing can be delivered without the broker, but what waits for it is looked at all the same.
    private async Task WaitForBrokerAsync(CancellationToken cancellationToken)
    {
        while (!bus.IsOpen())
        {
            try
            {
                using var nextLook = new CancellationTokenSource(options.Value.SweepInterval, clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(nextLook.Token, cancellationToken);
                await bus.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                await TryAsync(LookAsync, cancellationToken);
            }
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        try
        {
            await action(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!watch.Note(exception))
                logger.SweepFailed(exception);
        }
    }

    // Rows older than the only process have no living writer, so neither their grace nor a lease on them means anything any more. The
    // time a message is scheduled for does. They become due in the order they were written.
    private async Task MakeLeftBehindDueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var leftBehind = scope.ServiceProvider.GetRequiredService<TDbContext>().Set<OutboxMessage>()
            .Where(row => row.CreatedAt < _startedAt && (row.ScheduleTokenId == null || row.Attempts > 0));
        await writes.RunAsync(
            token => leftBehind.ExecuteUpdateAsync(rows => rows.SetProperty(row => row.DueAt, row => row.CreatedAt), token), cancellationToken);
        _leftBehindIsDue = true;
    }

    private async Task<int> SweepAsync(int limit, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        // Asked before the rows are taken: what is handled meanwhile is not left behind either.
        var inQueues = keptRows.InQueues;
        await using var scope = scopes.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<TDbContext>();
        var taken = await writes.RunAsync(
            token => ClaimStatement.Claim(dbContext, now, limit, SweepLeases.Given(options.Value, silence.Since is not null)).ToListAsync(token), cancellationToken);
        var rows = taken.FindAll(row => !inQueues.Contains(row.Id));
        metrics.Swept(rows.Count);
        if (rows.Count == 0)
            return taken.Count;

        using var activity = AdapterActivities.StartSweep(rows.Count);
        var scheduled = rows.Count(row => row.ScheduleTokenId is not null && row.Attempts == 1);
        if (scheduled > 0)
            logger.ScheduledAreDue(scheduled);
        if (scheduled < rows.Count)
            logger.Swept(rows.Count - scheduled);
        foreach (var row in rows.Where(row => row.ExpiresAt <= now))
            deliveredRows.Add(row);
        await DeliverAsync(rows.FindAll(row => !(row.ExpiresAt <= now)).ConvertAll(row => new SweptMessage(row)), cancellationToken);
        return taken.Count;
    }

    private async Task DeliverAsync(List<SweptMessage> messages, CancellationToken cancellationToken)
    {
        await delivery.DeliverAsync(messages.FindAll(message => !keptRows.IsKept(message)));

        // One after the other: whoever sent them may have waited for each to be accepted before the next.
        foreach (var message in messages.Where(keptRows.IsKept).OrderBy(message => message.Row.CreatedAt).ThenBy(message => message.Row.Id))
        {
            await delivery.DeliverAsync([message]);
            await keptRows.WaitUntilHandledAsync(message, cancellationToken);
        }
    }
}
