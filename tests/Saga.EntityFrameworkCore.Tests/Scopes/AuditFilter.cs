using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Scopes;

/// <summary>A filter outside of the outbox that leaves something to be committed with the message.</summary>
internal sealed class AuditFilter<T>(OrderDbContext dbContext) : IFilter<ConsumeContext<T>>
    where T : class
{
    public Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        dbContext.Add(new Note { Id = context.MessageId!.Value, Text = "audit" });
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("audit");
}
