using System.Collections.Immutable;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>Finds out for tests, independently of the engine, what nodes of a run are inside of.</summary>
internal static class Ancestors
{
    /// <summary>What the node is inside of, from the inside out.</summary>
    public static IEnumerable<int> Of(RunShape shape, ImmutableArray<Block> blocks, int node)
    {
        for (var outer = ParentOf(shape, blocks, node); outer >= 0; outer = ParentOf(shape, blocks, outer))
        {
            yield return outer;
        }
    }

    public static int ParentOf(RunShape shape, ImmutableArray<Block> blocks, int node)
    {
        var parent = shape.NodeAt(node).Parent;
        var (start, block) = StartOf(shape.Plan, blocks, node);
        return parent >= 0 ? start + parent : block?.Owner ?? -1;
    }

    /// <summary>Where the graph begins in which the node stands, for its item or iteration.</summary>
    public static (int Start, Block? Block) StartOf(Plan plan, ImmutableArray<Block> blocks, int node)
    {
        foreach (var block in blocks)
        {
            var stride = plan.Graphs[block.Graph].Nodes.Length;
            if (node >= block.Start && node < block.Start + (block.Count * stride))
            {
                return (node - ((node - block.Start) % stride), block);
            }
        }

        return (0, null);
    }
}
