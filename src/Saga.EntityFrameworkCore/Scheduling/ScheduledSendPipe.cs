using MassTransit;

namespace Saga.EntityFrameworkCore.Scheduling;

/// <summary>
/// Gives a message its delay and its schedule token, also as the header by which a state machine recognises that a message is the one it
/// last scheduled.
/// </summary>
/// <param name="inner">What the caller does with the message; it may choose another token.</param>
/// <param name="delay">How long from now.</param>
/// <param name="chosenTokenId">The token the message itself brings, if its type has one.</param>
/// <param name="receivedTokenId">The token of the message that is being handled, if that was scheduled.</param>
/// <param name="cancelFormer">Cancels what is scheduled under a token already.</param>
internal sealed class ScheduledSendPipe<T>(
    IPipe<SendContext<T>> inner, TimeSpan delay, Guid? chosenTokenId, Guid? receivedTokenId, Func<Guid, Task> cancelFormer)
    : IPipe<SendContext<T>>
    where T : class
{
    /// <summary>The token, once the message has passed.</summary>
    public Guid TokenId { get; private set; } = chosenTokenId ?? NewId.NextGuid();

    public async Task Send(SendContext<T> context)
    {
        var offered = TokenId;
        context.Delay = delay;
        SetToken(context, offered);
        await inner.Send(context);

        if (context.Headers.TryGetHeader(MessageHeaders.RedeliveryCount, out _))
        {
            KeepToken(context);
            return;
        }

        TokenId = context.ScheduledMessageId ?? offered;
        if (TokenId != offered)
            SetToken(context, TokenId);

        // Nothing can be scheduled under a token that was made just now.
        if (chosenTokenId is not null || TokenId != offered)
            await cancelFormer(TokenId);
    }

    public void Probe(ProbeContext context) => inner.Probe(context);

    // A redelivery is the same message once more: under another token its state machine would not take it, and could not cancel it.
    private void KeepToken(SendContext context)
    {
        if (receivedTokenId is { } received)
        {
            TokenId = received;
            SetToken(context, received);
        }
        else
        {
            context.Headers.Set(MessageHeaders.SchedulingTokenId, null);
        }
    }

    private static void SetToken(SendContext context, Guid tokenId)
    {
        context.ScheduledMessageId = tokenId;
        context.Headers.Set(MessageHeaders.SchedulingTokenId, tokenId.ToString("N"));
    }
}
