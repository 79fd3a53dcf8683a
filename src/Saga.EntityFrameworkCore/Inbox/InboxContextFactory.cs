using System.Diagnostics;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Saga.EntityFrameworkCore.Telemetry;

namespace Saga.EntityFrameworkCore.Inbox;

/// <summary>
/// Handles one message of a plain consumer: once. The inbox row is committed with what the consumer changed and sent, so of two deliveries at once
/// one fails on its key, is tried again and finds the row; and one that comes after the process died finds it too. What that one had sent is in
/// the outbox, and a sweep delivers it, so the duplicate is just acknowledged.
/// </summary>
internal sealed class InboxContextFactory<TDbContext>(
    TDbContext dbContext,
    IOutboxContextFactory<TDbContext> outbox,
    InboxTable<TDbContext> table,
    AdapterMetrics<TDbContext> metrics,
    TimeProvider clock,
    ILogger<InboxContextFactory<TDbContext>> logger)
    : IOutboxContextFactory<InboxTable<TDbContext>>
    where TDbContext : DbContext
{
    public async Task Send<T>(ConsumeContext<T> context, OutboxConsumeOptions options, IPipe<OutboxConsumeContext<T>> next)
        where T : class
    {
        // Other languages may send without an id; such messages cannot be told apart. Each redelivery after a failure has a new id.
        if (!table.IsMapped || (context.GetOriginalMessageId() ?? context.MessageId) is not { } messageId)
        {
            await outbox.Send(context, options, next);
            return;
        }

        var stopwatch = Stopwatch.StartNew();
        if (await WasConsumedAsync(messageId, options.ConsumerId, context.CancellationToken))
        {
            metrics.DuplicateIgnored();
            logger.DuplicateIgnored(messageId, options.ConsumerType);

            // Or MassTransit takes it for a message nobody wanted, and moves it to the queue of skipped ones.
            await context.NotifyConsumed(context, stopwatch.Elapsed, options.ConsumerType);
            return;
        }

        await outbox.Send(context, options, new RecordingPipe<T>(next, () => Record(messageId, options.ConsumerId)));
    }

    public void Probe(ProbeContext context) => outbox.Probe(context);

    private Task<bool> WasConsumedAsync(Guid messageId, Guid consumerId, CancellationToken cancellationToken) =>
        dbContext.Set<InboxState>().AnyAsync(row => row.MessageId == messageId && row.ConsumerId == consumerId, cancellationToken);

    private void Record(Guid messageId, Guid consumerId) =>
        dbContext.Add(new InboxState { MessageId = messageId, ConsumerId = consumerId, ConsumedAt = clock.GetUtcNow() });

    /// <summary>
    /// Records the message after its consumer: should the consumer save the context itself and then fail, the message must not count as consumed.
    /// </summary>
    private sealed class RecordingPipe<T>(IPipe<OutboxConsumeContext<T>> next, Action record) : IPipe<OutboxConsumeContext<T>>
        where T : class
    {
        public async Task Send(OutboxConsumeContext<T> context)
        {
            await next.Send(context);
            record();
        }

        public void Probe(ProbeContext context) => next.Probe(context);
    }
}
