using MassTransit;
using MassTransit.Context;
using Microsoft.Extensions.DependencyInjection;

namespace Saga.EntityFrameworkCore.Scheduling;

/// <summary>Offers every message that is handled the scheduler that writes to the outbox.</summary>
internal sealed class OutboxSchedulerFilter(IServiceProvider provider) : IFilter<ConsumeContext>
{
    // Not before the first message: the bus is still being built when the filter is.
    private readonly Lazy<IOutboxScheduling> _scheduling = new(provider.GetRequiredService<IOutboxScheduling>);

    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        context.GetOrAddPayload<MessageSchedulerContext>(() => new ConsumeMessageSchedulerContext(context, _scheduling.Value.Within));
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("outbox-message-scheduler");
}
