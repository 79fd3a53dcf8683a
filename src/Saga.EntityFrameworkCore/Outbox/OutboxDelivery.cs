using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Saga.EntityFrameworkCore.Crashes;
using Saga.EntityFrameworkCore.Telemetry;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// Hands committed messages to the broker: all sends are started, then their confirms are awaited together. A message that could not be
/// delivered keeps its row, and a sweep tries it again.
/// </summary>
internal sealed class OutboxDelivery<TDbContext>(
    IBus bus,
    BusReach reach,
    DeliveredRows<TDbContext> deliveredRows,
    KeptRows<TDbContext> keptRows,
    BrokerSilence<TDbContext> silence,
    AdapterMetrics<TDbContext> metrics,
    TimeProvider clock,
    IOptions<OutboxOptions> options,
    ILogger<OutboxDelivery<TDbContext>> logger) : IDisposable
    where TDbContext : DbContext
{
    /// <summary>Rings when the sweeper has something to do.</summary>
    public SweepAlarm Alarm { get; } = new(clock);

    /// <summary>When others may take a row that this process commits now.</summary>
    public DateTimeOffset LeftToOthersAt => clock.GetUtcNow() + options.Value.SweepGrace;

    /// <summary>
    /// Delivers the messages, but for the scheduled ones, which a sweep delivers when they are due. Never throws: the state change is committed,
    /// so whatever happens here is not the caller's failure.
    /// </summary>
    public async Task DeliverAsync(IReadOnlyCollection<CapturedMessage> messages)
    {
        foreach (var scheduled in messages.Where(message => message.IsScheduled))
            Alarm.RingAt(scheduled.Row.DueAt);

        // Each send takes a while to start, and nobody waits for an event as one who sent a command waits for its answer.
        var due = messages.Where(message => !message.IsScheduled).OrderBy(message => message.Row.IsPublish).ToList();
        if (due.Count == 0)
            return;

        // Not the caller's token: what has been committed is delivered even while the host stops.
        using var timeout = new CancellationTokenSource(options.Value.DeliveryTimeout, clock);
        if (due.Count > 1 && CrashPoints.IsNow(CrashPoint.MidDelivery))
        {
            await DeliverAsync(due[0], timeout.Token);
            CrashPoints.Crash();
        }

        if (silence.Since is not null)
        {
            if (!await ProbeAsync(due[0], timeout.Token))
                return;
            due.RemoveAt(0);
        }

        await Task.WhenAll(due.Select(message => DeliverAsync(message, timeout.Token)));
    }

    public void Dispose() => Alarm.Dispose();

    // While the broker is silent, one message at a time finds out whether it still is. The others are left to a sweep, rather than that each waits in vain, too.
    private async Task<bool> ProbeAsync(CapturedMessage message, CancellationToken cancellationToken)
    {
        if (message.IsSwept)
            return await DeliverAsync(message, cancellationToken);
        if (!silence.TryBeginProbe())
            return false;
        try
        {
            return await DeliverAsync(message, cancellationToken);
        }
        finally
        {
            silence.EndProbe();
        }
    }

    private async Task<bool> DeliverAsync(CapturedMessage message, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetTimestamp();

        // Asked before it is sent: it may be handled before the send returns. One that is in its queue was taken by a sweep and by who committed it.
        var isKept = keptRows.IsKept(message);
        if (isKept && !keptRows.Keep(message))
            return true;
        try
        {
            // A send that lost its connection waits for the next one whatever its token says; nobody may have to wait for it, a sweep least of all.
            await message.SendAsync(bus, clock, cancellationToken).WaitAsync(cancellationToken);
            if (!isKept)
                deliveredRows.Add(message.Row);
            metrics.Delivered(message.IsSwept, clock.GetElapsedTime(startedAt));
            silence.Answered();
            return true;
        }
        catch (Exception exception)
        {
            if (isKept)
                keptRows.LetGo(message);
            metrics.DeliveryFailed(message.IsSwept);
            Tell(message, startedAt, exception, cancellationToken);
            return false;
        }
    }

    // One whose connection was lost waits in vain, too; that is a broker that is away, of which MassTransit tells.
    private void Tell(CapturedMessage message, long startedAt, Exception exception, CancellationToken cancellationToken)
    {
        var isUnanswered = exception is OperationCanceledException && cancellationToken.IsCancellationRequested;
        if (!isUnanswered)
            silence.Answered();
        if (isUnanswered && reach.IsOpen() && silence.Unanswered(startedAt))
            logger.NotAnswered(message.Row.Id, message.Row.Destination);
        else
            logger.DeliveryFailed(message.Row.Id, message.Row.Destination, exception);
    }
}
