namespace Saga.StateMachines.Waking;

/// <summary>A node whose moment has come.</summary>
/// <param name="RunId">The run.</param>
/// <param name="NodeIndex">The position of the node among all nodes of the run.</param>
/// <param name="WakeId">The wait.</param>
internal sealed record DueNode(Guid RunId, int NodeIndex, long WakeId);
