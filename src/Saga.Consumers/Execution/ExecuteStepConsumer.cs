using MassTransit;
using Microsoft.Extensions.Logging;
using Saga.Contracts;

namespace Saga.Consumers;

/// <summary>
/// Executes the step a command names, and answers <see cref="StepCompleted"/>, <see cref="StepFailed"/> or <see cref="StepAwaiting"/> to
/// <c>saga-runs</c>. A step whose output cannot be sent as JSON has completed all the same: it is answered without the output, because it
/// must be compensated.
/// </summary>
internal sealed class ExecuteStepConsumer(
    StepCatalogue catalogue, StepWorkerLifetime lifetime, AnswerSender sender, IServiceProvider services, ILoggerFactory loggers) : IConsumer<ExecuteStep>
{
    /// <inheritdoc />
    public Task Consume(ConsumeContext<ExecuteStep> context)
    {
        var command = context.Message;
        var dispatch = Dispatch.Of(command);
        var step = catalogue.Get(command.Step);
        var logger = loggers.CreateLogger(step.StepType);

        return new StepDelivery(context, dispatch, sender, logger, lifetime.Stopping).AnswerAsync(
            stopping => step.Invoker.ExecuteAsync(command, services, logger, stopping),
            dispatch.Failed);
    }
}
