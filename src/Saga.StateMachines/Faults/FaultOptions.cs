namespace Saga.StateMachines.Faults;

/// <summary>What becomes of messages that cannot be handled.</summary>
public sealed class FaultOptions
{
    /// <summary>
    /// True where queues, and error queues with them, live in this process: a message that is given up then stays in the outbox, and is handled again after the next start.
    /// Otherwise it goes to the error queue. Default false.
    /// </summary>
    public bool KeepsGivenUp { get; set; }
}
