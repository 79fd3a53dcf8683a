using Saga.StateMachines.Persistence;
using Saga.Worker.Messaging.Answering;

namespace Saga.Worker.Api;

/// <summary>Shows messages that could not be handled.</summary>
internal static class FaultViews
{
    private const string Outbox = "outbox";

    private static readonly ErrorQueueNames _errorQueues = new();

    /// <summary>As something that its run waits for.</summary>
    public static WaitView WaitOf(FaultRow fault) => new()
    {
        Node = null,
        For = "fault",
        Attempt = fault.Tries,
        Since = fault.Since,
        Until = fault.RetryAt,
        Fault = new FaultView(
            fault.Message, fault.MessageId, fault.Exception, fault.Error, fault.Queue,
            fault.OutboxId is null ? _errorQueues.FormatErrorQueueName(fault.Queue) : Outbox),
    };
}
