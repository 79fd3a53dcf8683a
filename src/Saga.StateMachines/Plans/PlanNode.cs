using System.Collections.Immutable;

namespace Saga.StateMachines.Plans;

/// <summary>
/// A node of a <see cref="PlanGraph"/>. The nodes inside a route, its branches or a subsaga stand in the same graph, right behind it, so that
/// a whole plan but for the bodies of its maps and loops is one list.
/// </summary>
/// <param name="Index">Its position in the graph, from 0.</param>
/// <param name="Name">Its name, unique within the graph: a node inside another is named <c>outer/inner</c>.</param>
/// <param name="DependsOn">The positions of the nodes that must be completed or skipped before it starts, ascending, all smaller than its own
/// and inside the same node as it is.</param>
public abstract record PlanNode(int Index, string Name, ImmutableArray<int> DependsOn)
{
    /// <summary>The position of the node it is inside of, or -1.</summary>
    public int Parent { get; init; } = -1;

    /// <summary>One more than the position of the last node inside of it: its own position + 1 when nothing is.</summary>
    public int End { get; init; } = Index + 1;

    /// <summary>The word for its kind in documents and views, such as <c>step</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Calls for everything inside of it, so it completes when that does, and is compensated by compensating that.</summary>
    public virtual bool IsContainer => false;
}
