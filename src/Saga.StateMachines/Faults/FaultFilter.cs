using MassTransit;
using MassTransit.Context;

namespace Saga.StateMachines.Faults;

/// <summary>
/// Around everything that handles a message of runs, retries too: what fails for good is stored with its message and acknowledged. Only what is given up goes to the error queue.
/// </summary>
internal sealed class FaultFilter(FaultBook book) : IFilter<ConsumeContext>
{
    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        // One of many answers that came together is sent to the queue by itself when it fails, and fails here then.
        if (context is IPartOfMessage)
        {
            await next.Send(context);
            return;
        }

        try
        {
            await next.Send(context);
        }
        catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            context.ReceiveContext.GetOrAddPayload(() => new RecordedFault(context.MessageId));
            var message = FaultedMessage.Of(context, exception);
            var isAnswered = await book.AnswerAsync(message, context);
            if (!isAnswered && !await book.RecordAsync(message, context.CancellationToken))
                throw;

            // What no consumer was handed, because it could not be read, would go to the queue of what nobody wants, too.
            await context.ReceiveContext.NotifyConsumed(new MessageConsumeContext<FaultedMessage>(context, message), TimeSpan.Zero, nameof(FaultFilter));
            if (!isAnswered)
                return;
        }

        if (FaultedMessage.IdOf(context.ReceiveContext) is { } repeated)
            await book.ForgetAsync(repeated, context.CancellationToken);
        else if (context.MessageId is { } messageId && FaultedMessage.IsPutBack(context.ReceiveContext))
            await book.ForgetAsync(messageId, context.CancellationToken);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("faults");
}

/// <summary>A message that came as one of many, and is not what came out of the queue.</summary>
internal interface IPartOfMessage;

/// <summary>Marks what came out of a queue as something that was recorded.</summary>
internal sealed record RecordedFault(Guid? MessageId);
