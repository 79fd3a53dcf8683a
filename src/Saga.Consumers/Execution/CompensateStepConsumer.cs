using MassTransit;
using Microsoft.Extensions.Logging;
using Saga.Contracts;

namespace Saga.Consumers;

/// <summary>
/// Compensates the step a command names, and answers <see cref="StepCompensated"/> or <see cref="StepCompensationFailed"/> to
/// <c>saga-runs</c>.
/// </summary>
internal sealed class CompensateStepConsumer(
    StepCatalogue catalogue, StepWorkerLifetime lifetime, AnswerSender sender, IServiceProvider services, ILoggerFactory loggers) : IConsumer<CompensateStep>
{
    /// <inheritdoc />
    public Task Consume(ConsumeContext<CompensateStep> context)
    {
        var command = context.Message;
        var dispatch = Dispatch.Of(command);
        var step = catalogue.Get(command.Step);
        var logger = loggers.CreateLogger(step.StepType);

        return new StepDelivery(context, dispatch, sender, logger, lifetime.Stopping).AnswerAsync(
            stopping => step.Invoker.CompensateAsync(command, services, logger, stopping),
            dispatch.CompensationFailed);
    }
}
