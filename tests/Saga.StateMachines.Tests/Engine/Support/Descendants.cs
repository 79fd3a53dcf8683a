using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>Finds out for tests, independently of the engine, what depended on nodes: directly or not, and across what they are inside of.</summary>
internal sealed class Descendants(Plan plan, RunState state)
{
    private readonly RunShape _shape = new(plan, state.Blocks);

    /// <summary>Everything that depends on the node, or on anything it is inside of; with what is inside of that.</summary>
    public IReadOnlySet<int> Of(int node)
    {
        var found = new HashSet<int>();
        foreach (var outer in Ancestors.Of(_shape, state.Blocks, node).Prepend(node))
        {
            var (start, block) = Ancestors.StartOf(plan, state.Blocks, outer);
            AddDependents(outer, start, block is null ? plan.Root : plan.Graphs[block.Graph], found);
            if (block is not null && outer == start && _shape.NodeAt(block.Owner) is LoopNode)
            {
                found.UnionWith(IterationsBehind(outer, block.Owner));
            }
        }

        foreach (var inner in Enumerable.Range(0, state.Nodes.Count).Where(inner => Ancestors.Of(_shape, state.Blocks, inner).Any(found.Contains)).ToList())
        {
            found.Add(inner);
        }

        return found;
    }

    private static void AddDependents(int node, int start, PlanGraph graph, HashSet<int> found)
    {
        var toVisit = new Stack<int>([node - start]);
        while (toVisit.TryPop(out var visited))
        {
            foreach (var dependent in graph.Dependents[visited].Where(dependent => found.Add(start + dependent)))
            {
                toVisit.Push(dependent);
            }
        }
    }

    private IEnumerable<int> IterationsBehind(int iteration, int loop) =>
        state.Blocks.Where(block => block.Owner == loop)
            .SelectMany(block => Enumerable.Range(0, block.Count).Select(i => block.Start + (i * plan.Graphs[block.Graph].Nodes.Length)))
            .SkipWhile(other => other != iteration).Skip(1);
}
