using MassTransit;
using MassTransit.Scheduling;

namespace Saga.EntityFrameworkCore.Scheduling;

/// <summary>Schedules and cancels with the commit of the message that is being handled.</summary>
internal sealed class CapturedScheduling(ConsumeContext context, ICapturesMessages outbox, TimeProvider clock) : IScheduleMessageProvider
{
    public async Task<ScheduledMessage<T>> ScheduleSend<T>(
        Uri destinationAddress, DateTime scheduledTime, T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
        where T : class
    {
        var scheduled = new ScheduledSendPipe<T>(
            pipe,
            scheduledTime.ToUniversalTime() - clock.GetUtcNow().UtcDateTime,
            ScheduleTokenIdCache<T>.GetTokenId(message),
            context.GetSchedulingTokenId(),
            token => outbox.CancelAsync(token, cancellationToken));
        var endpoint = await context.GetSendEndpoint(destinationAddress);
        await endpoint.Send(message, scheduled, cancellationToken);
        return new ScheduledMessageHandle<T>(scheduled.TokenId, scheduledTime, destinationAddress, message);
    }

    public Task CancelScheduledSend(Guid tokenId, CancellationToken cancellationToken) => outbox.CancelAsync(tokenId, cancellationToken);

    public Task CancelScheduledSend(Uri destinationAddress, Guid tokenId, CancellationToken cancellationToken) =>
        outbox.CancelAsync(tokenId, cancellationToken);
}
