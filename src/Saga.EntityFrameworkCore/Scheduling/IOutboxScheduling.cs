using MassTransit;

namespace Saga.EntityFrameworkCore.Scheduling;

/// <summary>Hands out the scheduler that fits where it is asked for.</summary>
internal interface IOutboxScheduling
{
    /// <summary>The scheduler of a message that is being handled: it joins the message's commit if there is one to join.</summary>
    IMessageScheduler Within(ConsumeContext context);

    /// <summary>The scheduler outside of any message.</summary>
    IMessageScheduler Outside();
}
