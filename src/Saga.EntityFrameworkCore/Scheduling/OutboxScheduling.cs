using MassTransit;
using MassTransit.Scheduling;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Scheduling;

/// <inheritdoc/>
internal sealed class OutboxScheduling<TDbContext>(IBus bus, OwnCommit<TDbContext> commits, MessageCapture capture, TimeProvider clock)
    : IOutboxScheduling
    where TDbContext : DbContext
{
    public IMessageScheduler Within(ConsumeContext context) => context.TryGetPayload<ICapturesMessages>(out var outbox)
        ? new MessageScheduler(new CapturedScheduling(context, outbox, clock), bus.Topology)
        : new MessageScheduler(new CommittedScheduling<TDbContext>(context, commits, capture, clock), bus.Topology);

    public IMessageScheduler Outside() =>
        new MessageScheduler(new CommittedScheduling<TDbContext>(bus, commits, capture, clock), bus.Topology);
}
