using MassTransit;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// Gives a message whose handling was interrupted, because the bus stops, back to the broker. MassTransit would take it for one that failed and
/// move it to the error queue, unless what arrives here is an <see cref="OperationCanceledException"/>. A consumer that was cancelled by something else, such as a call that
/// took too long, has failed.
/// </summary>
internal sealed class HandBackFilter : IFilter<ConsumeContext>
{
    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        try
        {
            await next.Send(context);
        }
        catch (ConsumerCanceledException exception) when (context.CancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, context.CancellationToken);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("hand-back");
}
