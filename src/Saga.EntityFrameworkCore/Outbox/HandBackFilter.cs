using MassTransit;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// Gives a message whose handling was interrupted, because the bus stops, back to the broker. MassTransit would take it for one that failed and
/// move it to the error queue, unless what arrives here is an <see cref="OperationCanceledException"/>.
/// </summary>
internal sealed class HandBackFilter : IFilter<ConsumeContext>
{
    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        try
        {
            await next.Send(context);
        }
        catch (ConsumerCanceledException exception)
        {
            throw new OperationCanceledException(exception.Message, exception, context.CancellationToken);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("hand-back");
}
