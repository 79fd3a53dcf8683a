namespace Saga.StateMachines.Engine;

/// <summary>A command to a step. Sent again, it is the same dispatch; a new attempt is a new one.</summary>
/// <param name="Node">The position of the node in its plan.</param>
/// <param name="Attempt">Which attempt it is, from 1.</param>
/// <param name="DispatchId">Tells it from every other dispatch of the run, from 1, ascending.</param>
/// <param name="Kind">What the step is told to do.</param>
public sealed record Dispatch(int Node, int Attempt, long DispatchId, DispatchKind Kind);
