using MassTransit;
using MassTransit.Middleware;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Sagas;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// Handles one message: capture what it sends, commit that with its state change, then deliver. The order is always commit, broker,
/// acknowledge; when the commit fails, the message faults and nothing of it remains.
/// </summary>
internal sealed class OutboxContextFactory<TDbContext>(UnitOfWork<TDbContext> work, MessageCapture capture, IServiceProvider provider)
    : IOutboxContextFactory<TDbContext>
    where TDbContext : DbContext
{
    public async Task Send<T>(ConsumeContext<T> context, OutboxConsumeOptions options, IPipe<OutboxConsumeContext<T>> next)
        where T : class
    {
        await using (work)
        {
            var outboxContext = new CapturingConsumeContext<TDbContext, T>(context, options, provider, work, capture);
            outboxContext.GetOrAddPayload(() => work);

            await next.Send(outboxContext);
            await work.CommitAsync(context.CancellationToken);
            await work.DeliverAsync();
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("outbox").Add("provider", "Saga.EntityFrameworkCore");
}
