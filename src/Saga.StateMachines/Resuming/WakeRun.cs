namespace Saga.StateMachines.Resuming;

/// <summary>
/// From the orchestrator to itself: send again what this run waits for, because it may have been lost. Harmless at any time, since a command sent
/// again is the same dispatch.
/// </summary>
public sealed record WakeRun
{
    /// <summary>The run to wake.</summary>
    public required Guid RunId { get; init; }
}
