using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Quotes;

public sealed record RunErrand(Guid ErrandId);

/// <summary>Does what a test tells it to, with the scheduler it was given.</summary>
public sealed class ErrandConsumer(ErrandScript script, IMessageScheduler scheduler) : IConsumer<RunErrand>
{
    public Task Consume(ConsumeContext<RunErrand> context) => script.Do(context, scheduler);
}

/// <summary>What a test tells <see cref="ErrandConsumer"/> to do.</summary>
public sealed class ErrandScript
{
    public Func<ConsumeContext<RunErrand>, IMessageScheduler, Task> Do { get; set; } = (_, _) => Task.CompletedTask;

    public Action<IReceiveEndpointConfigurator> Redelivery { get; set; } = _ => { };
}
