using System.Collections.Immutable;

namespace Saga.StateMachines.Plans;

/// <summary>The rules that make a list of nodes a plan. Because a node names only earlier ones, a cycle cannot be written down.</summary>
internal static class PlanOrder
{
    public static ImmutableArray<PlanNode> Checked(ImmutableArray<PlanNode> nodes)
    {
        var names = new HashSet<string>(nodes.Length, StringComparer.Ordinal);
        var ordered = ImmutableArray.CreateBuilder<PlanNode>(nodes.Length);
        foreach (var node in nodes)
        {
            if (node.Index != ordered.Count)
            {
                throw Refused(nameof(nodes), $"Node `{node.Name}` has index {node.Index} at position {ordered.Count}. They must be the same.");
            }

            if (!names.Add(node.Name))
            {
                throw Refused(nameof(nodes), $"Two nodes are named `{node.Name}`. A name must be unique within its plan. Rename one of them.");
            }

            ordered.Add(WithOrderedDependencies(node));
        }

        return ordered.MoveToImmutable();
    }

    private static PlanNode WithOrderedDependencies(PlanNode node)
    {
        if (node.Parent >= node.Index)
        {
            throw Refused(nameof(node), $"Node `{node.Name}` at position {node.Index} is inside of position {node.Parent}. A node stands behind the one it is inside of.");
        }

        var dependencies = node.DependsOn;
        var previous = -1;
        foreach (var dependency in dependencies)
        {
            if (dependency < 0 || dependency >= node.Index)
            {
                throw Refused(
                    nameof(node),
                    $"Node `{node.Name}` at position {node.Index} depends on position {dependency}. A node can depend only on nodes before it.");
            }

            if (dependency <= previous)
            {
                // Equal plans must have equal JSON and so the same hash, however their author listed the dependencies.
                return node with { DependsOn = [.. dependencies.Distinct().Order()] };
            }

            previous = dependency;
        }

        return node;
    }

    private static ArgumentException Refused(string parameter, string message) => new(message, parameter);
}
