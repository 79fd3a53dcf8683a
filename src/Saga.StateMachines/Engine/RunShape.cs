using System.Collections.Immutable;
using System.Globalization;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine;

/// <summary>All nodes of a run: those of its plan, and those laid out since.</summary>
/// <param name="plan">The plan.</param>
/// <param name="blocks">What was laid out, in ascending order of the starts.</param>
public sealed class RunShape(Plan plan, ImmutableArray<Block> blocks)
{
    /// <summary>The plan.</summary>
    public Plan Plan => plan;

    /// <summary>The node of the plan that the node at that position is.</summary>
    public PlanNode NodeAt(int index) =>
        index < plan.Root.Nodes.Length ? plan.Root.Nodes[index] : PlaceOf(index).Node;

    /// <summary>
    /// The name of the node at that position, unique within the run: <c>subnets[3]/create</c> is the node <c>create</c> of item 3 of <c>subnets</c>.
    /// </summary>
    public string NameOf(int index)
    {
        if (index < plan.Root.Nodes.Length)
        {
            return plan.Root.Nodes[index].Name;
        }

        var place = PlaceOf(index);
        var owner = string.Create(CultureInfo.InvariantCulture, $"{NameOf(place.Block!.Owner)}[{place.Ordinal}]");
        return place.Node.Index == 0 ? owner : $"{owner}/{place.Node.Name}";
    }

    /// <summary>Where the node at that position stands.</summary>
    internal Place PlaceOf(int index)
    {
        if (index < plan.Root.Nodes.Length)
        {
            return new Place(plan.Root, 0, plan.Root.Nodes[index], Block: null);
        }

        var (low, high) = (0, blocks.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (blocks[middle].Start <= index)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        var block = blocks[low];
        var graph = plan.Graphs[block.Graph];
        var node = (index - block.Start) % graph.Nodes.Length;
        return new Place(graph, index - node, graph.Nodes[node], block);
    }

    /// <summary>The items behind these that have not begun: the next to begin, in order.</summary>
    public IEnumerable<int> ItemsAfter(IEnumerable<int> nodes, NodeStates states)
    {
        foreach (var index in nodes.Where(index => index >= plan.Root.Nodes.Length && index < states.Count))
        {
            var block = PlaceOf(index).Block!;
            var stride = plan.Graphs[block.Graph].Nodes.Length;
            if (NodeAt(block.Owner) is not MapNode || (index - block.Start) % stride != 0)
            {
                continue;
            }

            for (var item = index + stride; item < block.Start + (block.Count * stride); item += stride)
            {
                if (states[item] == NodeStatus.Pending)
                {
                    yield return item;
                }
            }
        }
    }

    /// <summary>The same node seen from so many graphs further out: the map or loop in whose body it is, and so on.</summary>
    internal Place Outward(Place place, int level)
    {
        for (; level > 0; level--)
        {
            place = PlaceOf(place.Block!.Owner);
        }

        return place;
    }

    /// <summary>What was laid out for that map or loop, in order.</summary>
    internal IEnumerable<Block> BlocksOf(int owner) => blocks.Where(block => block.Owner == owner);

    /// <summary>The positions of everything inside of that node, however deep, as ranges from a start until before an end.</summary>
    internal IReadOnlyList<(int Start, int End)> Inside(int index)
    {
        var place = PlaceOf(index);
        var ranges = new List<(int Start, int End)>();
        if (place.Node.End > place.Node.Index + 1)
        {
            ranges.Add((index + 1, place.Base + place.Node.End));
        }

        // What a block stands in was laid out before it, so one pass sees every owner first.
        foreach (var block in blocks)
        {
            if (block.Owner == index || ranges.Exists(range => block.Owner >= range.Start && block.Owner < range.End))
            {
                ranges.Add((block.Start, block.Start + (block.Count * plan.Graphs[block.Graph].Nodes.Length)));
            }
        }

        return ranges;
    }
}
