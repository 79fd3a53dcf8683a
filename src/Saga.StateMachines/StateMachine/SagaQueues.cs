namespace Saga.StateMachines.StateMachine;

/// <summary>
/// The addresses of the queues. They are exchange addresses because a queue address would declare a classic queue, which RabbitMQ
/// refuses where a quorum queue of that name exists.
/// </summary>
public static class SagaQueues
{
    /// <summary>The orchestrator's queue.</summary>
    public const string RunsName = "saga-runs";

    /// <summary>Where commands and answers to the orchestrator go.</summary>
    public static readonly Uri Runs = new($"exchange:{RunsName}");

    /// <summary>Where the commands for a step go.</summary>
    public static Uri OfStep(string step) => new($"exchange:saga-step-{step}");
}
