namespace Saga.StateMachines.Waking;

/// <summary>From the orchestrator to itself: the moment has come that a node waited for.</summary>
public sealed record WakeNode
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The position of the node among all nodes of the run.</summary>
    public required int NodeIndex { get; init; }

    /// <summary>The wait, so that the end of an earlier one is not taken for it.</summary>
    public required long WakeId { get; init; }
}
