using MassTransit;
using Saga.Contracts;

namespace Saga.StateMachines.Steps;

/// <summary>Hears which steps the workers host.</summary>
public sealed class StepsAnnouncedConsumer(StepRegistry registry) : IConsumer<StepsAnnounced>
{
    /// <summary>The queue all orchestrators share for announcements.</summary>
    public const string Queue = "saga-steps-announced";

    /// <inheritdoc/>
    public Task Consume(ConsumeContext<StepsAnnounced> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return registry.RememberAsync(context.Message.Steps, context.CancellationToken);
    }
}
