using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Moving;

public sealed record PrintOrder(Guid OrderId, string Text);

public sealed record OrderPrinted(Guid OrderId, string Text);

/// <summary>A job of the job service, which fails at its first attempt.</summary>
public sealed class PrintOrderConsumer : IJobConsumer<PrintOrder>
{
    public async Task Run(JobContext<PrintOrder> context)
    {
        if (context.RetryAttempt == 0)
            throw new InvalidOperationException("Out of paper.");
        await context.Publish(new OrderPrinted(context.Job.OrderId, context.Job.Text));
    }
}
