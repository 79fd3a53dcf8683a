namespace Saga.StateMachines.Engine;

/// <summary>
/// A command to a step or a child run, or a wait. Sent again, a command is the same dispatch; a new attempt and a new wait are new ones.
/// </summary>
/// <param name="Node">The position of the node among all nodes of the run.</param>
/// <param name="Attempt">Which attempt it is, or which will follow the wait, from 1.</param>
/// <param name="DispatchId">Tells it from every other dispatch of the run, from 1, ascending.</param>
/// <param name="Kind">What it is.</param>
public sealed record Dispatch(int Node, int Attempt, long DispatchId, DispatchKind Kind);
