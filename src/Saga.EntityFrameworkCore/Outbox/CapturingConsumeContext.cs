using MassTransit;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Sagas;
using Saga.EntityFrameworkCore.Scheduling;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>A consume context whose sends and publishes become outbox rows. Delivery is not its business, so those members do nothing.</summary>
internal sealed class CapturingConsumeContext<TDbContext, TMessage>(
    ConsumeContext<TMessage> context,
    OutboxConsumeOptions options,
    IServiceProvider provider,
    UnitOfWork<TDbContext> work,
    MessageCapture capture)
    : OutboxConsumeContextProxy<TMessage>(context, options, provider), ICapturesMessages
    where TDbContext : DbContext
    where TMessage : class
{
    public override bool ContinueProcessing { get; set; }

    public override bool IsMessageConsumed => false;

    public override bool IsOutboxDelivered => false;

    public override int ReceiveCount => 1;

    public override long? LastSequenceNumber => null;

    public override Task AddSend<T>(SendContext<T> context)
    {
        work.Add(capture.Capture(context));
        return Task.CompletedTask;
    }

    /// <summary>Says that the message failed, unless it did so on an instance that was not what is stored: it is handled again then.</summary>
    public override async Task NotifyFaulted<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
    {
        try
        {
            await work.VerifyAsync(exception, CancellationToken);
        }
        catch (StaleInstanceException)
        {
            return;
        }

        await base.NotifyFaulted(context, duration, consumerType, exception);
    }

    public Task CancelAsync(Guid scheduleTokenId, CancellationToken cancellationToken) =>
        ScheduledRows.CancelAsync(work, scheduleTokenId, cancellationToken);

    public override Task SetConsumed() => Task.CompletedTask;

    public override Task SetDelivered() => Task.CompletedTask;

    public override Task<List<OutboxMessageContext>> LoadOutboxMessages() => Task.FromResult<List<OutboxMessageContext>>([]);

    public override Task NotifyOutboxMessageDelivered(OutboxMessageContext message) => Task.CompletedTask;

    public override Task RemoveOutboxMessages() => Task.CompletedTask;
}
