using MassTransit;
using Saga.StateMachines.StateMachine;

namespace Saga.Worker.Messaging.Answering;

/// <summary>
/// Names the queues for what could not be handled after the queue it came from, as ever, but has one pair of them for all that orchestrators read: whoever looks
/// after them need not look into nine.
/// </summary>
internal sealed class ErrorQueueNames : IErrorQueueNameFormatter, IDeadLetterQueueNameFormatter
{
    public string FormatErrorQueueName(string queueName) => $"{Common(queueName)}_error";

    public string FormatDeadLetterQueueName(string queueName) => $"{Common(queueName)}_skipped";

    private static string Common(string queue) => SagaQueues.IsForAnswers(queue) ? SagaQueues.RunsName : queue;
}
