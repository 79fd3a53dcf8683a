using System.Collections.Immutable;

namespace Saga.StateMachines.Plans;

/// <summary>Nodes in an order in which each comes after everything it depends on: the plan itself, or the body of one of its maps or loops.</summary>
public sealed class PlanGraph
{
    private readonly Dictionary<string, int> _indexes;

    /// <summary>Makes a graph of nodes that are in order already.</summary>
    /// <param name="id">Its position in <see cref="Plan.Graphs"/>.</param>
    /// <param name="nodes">The nodes.</param>
    /// <exception cref="ArgumentException">The nodes are no graph; the message names the first that is wrong.</exception>
    public PlanGraph(int id, ImmutableArray<PlanNode> nodes)
    {
        Id = id;
        Nodes = PlanOrder.Checked(nodes);
        _indexes = Nodes.ToDictionary(node => node.Name, node => node.Index, StringComparer.Ordinal);
        Dependents = DependentsOf(Nodes);
        Entries = EntriesOf(Nodes);
    }

    /// <summary>Its position in <see cref="Plan.Graphs"/>: 0 is the plan itself.</summary>
    public int Id { get; }

    /// <summary>The nodes; each stands at its <see cref="PlanNode.Index"/>.</summary>
    public ImmutableArray<PlanNode> Nodes { get; }

    /// <summary>For each node the positions of those that depend on it directly, ascending.</summary>
    public ImmutableArray<ImmutableArray<int>> Dependents { get; }

    /// <summary>For each node the positions of the nodes right inside of it that depend on nothing, ascending; those inside of none stand last, at <c>Nodes.Length</c>.</summary>
    public ImmutableArray<ImmutableArray<int>> Entries { get; }

    /// <summary>The position of the node of that name, or -1 when there is none.</summary>
    public int IndexOf(string? name) => name is not null && _indexes.TryGetValue(name, out var index) ? index : -1;

    private static ImmutableArray<ImmutableArray<int>> DependentsOf(ImmutableArray<PlanNode> nodes)
    {
        var lists = new ImmutableArray<int>.Builder?[nodes.Length];
        foreach (var node in nodes)
        {
            foreach (var dependency in node.DependsOn)
            {
                (lists[dependency] ??= ImmutableArray.CreateBuilder<int>(1)).Add(node.Index);
            }
        }

        return [.. lists.Select(list => list?.DrainToImmutable() ?? [])];
    }

    private static ImmutableArray<ImmutableArray<int>> EntriesOf(ImmutableArray<PlanNode> nodes)
    {
        var lists = new ImmutableArray<int>.Builder?[nodes.Length + 1];
        foreach (var node in nodes)
        {
            if (node.DependsOn.IsEmpty)
            {
                (lists[node.Parent < 0 ? nodes.Length : node.Parent] ??= ImmutableArray.CreateBuilder<int>(1)).Add(node.Index);
            }
        }

        return [.. lists.Select(list => list?.DrainToImmutable() ?? [])];
    }
}
