using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine;

/// <summary>Where a node of a run stands: which node of which graph it is, and of which item or iteration.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Base">The position of the graph's node 0 among all nodes of the run, for this item or iteration.</param>
/// <param name="Node">The node of the graph.</param>
/// <param name="Block">The block it stands in; null in the plan itself.</param>
internal sealed record Place(PlanGraph Graph, int Base, PlanNode Node, Block? Block)
{
    /// <summary>Its position among all nodes of the run.</summary>
    public int Index => Base + Node.Index;

    /// <summary>The position of the node it is inside of, or -1 at the top of the plan.</summary>
    public int Parent => Node.Parent >= 0 ? Base + Node.Parent : Block?.Owner ?? -1;

    /// <summary>Which item or iteration it belongs to, from 0.</summary>
    public int Ordinal => Block is null ? 0 : Block.FirstOrdinal + ((Base - Block.Start) / Graph.Nodes.Length);
}
