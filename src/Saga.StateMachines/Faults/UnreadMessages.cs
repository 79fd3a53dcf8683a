using MassTransit;
using Saga.StateMachines.StateMachine;

namespace Saga.StateMachines.Faults;

/// <summary>
/// Records what fails outside of <see cref="FaultFilter"/>: what cannot even be read, on any queue of this process, and commands that a step worker in this process could not answer.
/// They are in the error queue by then, or will be.
/// </summary>
internal sealed class UnreadMessages(FaultBook book) : IReceiveObserver
{
    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

    // A command that was put back has been answered. What is put back for runs, FaultFilter sees.
    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => context.MessageId is { } messageId && SagaQueues.IsOfStep(context.ReceiveContext.InputAddress) && FaultedMessage.IsPutBack(context.ReceiveContext)
            ? book.ForgetAsync(messageId, context.CancellationToken)
            : Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => SagaQueues.IsOfStep(context.ReceiveContext.InputAddress) && !context.CancellationToken.IsCancellationRequested
            ? book.RecordAsync(FaultedMessage.Of(context, exception) with { IsMoved = true }, context.CancellationToken)
            : Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception) =>
        context.CancellationToken.IsCancellationRequested || context.TryGetPayload<RecordedFault>(out _)
            ? Task.CompletedTask
            : book.RecordAsync(FaultedMessage.Of(context, exception), context.CancellationToken);
}
