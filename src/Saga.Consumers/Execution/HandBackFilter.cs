using MassTransit;

namespace Saga.Consumers;

/// <summary>Leaves a command that was interrupted to the broker, which delivers it again.</summary>
/// <remarks>
/// While a bus stops gracefully, MassTransit takes a canceled consumer for a failed one and would move its message to the error queue. It
/// gives a message back only for <see cref="OperationCanceledException"/>.
/// </remarks>
internal sealed class HandBackFilter : IFilter<ConsumeContext>
{
    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        try
        {
            await next.Send(context);
        }
        catch (ConsumerCanceledException e)
        {
            throw new OperationCanceledException(e.Message, e, context.CancellationToken);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("handBack");
}
