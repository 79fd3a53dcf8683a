namespace Saga.StateMachines.Engine;

/// <summary>
/// Nodes that were laid out while the run walked, because only then it was known how many there would be: the items of a map, or iterations of a
/// loop. Each has all nodes of the body; the nodes of the first stand at <paramref name="Start"/>, those of the next right behind them, and so on.
/// </summary>
/// <param name="Owner">The position of the map or loop among all nodes of the run.</param>
/// <param name="Graph">The graph of the body, as <see cref="Plans.PlanGraph.Id"/>.</param>
/// <param name="Start">The position of the first node among all nodes of the run.</param>
/// <param name="Count">How many items or iterations there are, from 1.</param>
/// <param name="FirstOrdinal">Which item or iteration the first is: loops are laid out in several blocks.</param>
public sealed record Block(int Owner, int Graph, int Start, int Count, int FirstOrdinal = 0);
