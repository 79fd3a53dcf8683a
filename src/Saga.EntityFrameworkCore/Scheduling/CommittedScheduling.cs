using MassTransit;
using MassTransit.Scheduling;
using MassTransit.Transports;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Scheduling;

/// <summary>
/// Schedules and cancels in a transaction of its own, where there is no commit to join: outside of consumers, on an endpoint without the
/// outbox, and when a message whose handling failed is to be redelivered. It is committed when the call returns.
/// </summary>
/// <param name="sendEndpoints">The message that is being handled, or the bus outside of any.</param>
/// <param name="commits">Commits it.</param>
/// <param name="capture">Makes it a row.</param>
/// <param name="clock">Tells how long it has to wait.</param>
internal sealed class CommittedScheduling<TDbContext>(
    ISendEndpointProvider sendEndpoints, OwnCommit<TDbContext> commits, MessageCapture capture, TimeProvider clock) : IScheduleMessageProvider
    where TDbContext : DbContext
{
    public async Task<ScheduledMessage<T>> ScheduleSend<T>(
        Uri destinationAddress, DateTime scheduledTime, T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
        where T : class
    {
        // Every endpoint the bus hands out is one; creating the context is all that is asked of it here.
        var endpoint = (ITransportSendEndpoint)await sendEndpoints.GetSendEndpoint(destinationAddress);
        var tokenId = await commits.RunAsync(
            async work =>
            {
                var scheduled = new ScheduledSendPipe<T>(
                    pipe,
                    scheduledTime.ToUniversalTime() - clock.GetUtcNow().UtcDateTime,
                    ScheduleTokenIdCache<T>.GetTokenId(message),
                    (sendEndpoints as ConsumeContext)?.GetSchedulingTokenId(),
                    token => ScheduledRows.CancelAsync(work, token, cancellationToken));
                work.Add(capture.Capture(await endpoint.CreateSendContext(message, scheduled, cancellationToken)));
                return scheduled.TokenId;
            },
            cancellationToken);
        return new ScheduledMessageHandle<T>(tokenId, scheduledTime, destinationAddress, message);
    }

    public Task CancelScheduledSend(Guid tokenId, CancellationToken cancellationToken) => commits.RunAsync(
        async work =>
        {
            await ScheduledRows.CancelAsync(work, tokenId, cancellationToken);
            return tokenId;
        },
        cancellationToken);

    public Task CancelScheduledSend(Uri destinationAddress, Guid tokenId, CancellationToken cancellationToken) =>
        CancelScheduledSend(tokenId, cancellationToken);
}
