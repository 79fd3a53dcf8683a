using System.Collections.Immutable;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Pictures;

/// <summary>What became of the nodes of a run, counted by the nodes of its plan.</summary>
internal sealed class Tallies
{
    private readonly Tally[][] _tallies;

    private Tallies(Plan plan) => _tallies = [.. plan.Graphs.Select(graph => graph.Nodes.Select(_ => new Tally()).ToArray())];

    public static Tallies Of(Plan plan, ImmutableArray<Block> blocks, IReadOnlyDictionary<int, string> statuses)
    {
        var tallies = new Tallies(plan);
        tallies.Count(plan.Root, start: 0, times: 1, statuses);
        foreach (var block in blocks)
            tallies.Count(plan.Graphs[block.Graph], block.Start, block.Count, statuses);
        return tallies;
    }

    public Tally Of(PlanGraph graph, PlanNode node) => _tallies[graph.Id][node.Index];

    /// <summary>What became of the items of a map or the iterations of a loop; null of another node.</summary>
    public Tally? OfItems(PlanNode node) => node switch
    {
        MapNode map => _tallies[map.Body][0],
        LoopNode loop => _tallies[loop.Body][0],
        _ => null,
    };

    private void Count(PlanGraph graph, int start, int times, IReadOnlyDictionary<int, string> statuses)
    {
        for (var first = start; first < start + (times * graph.Nodes.Length); first += graph.Nodes.Length)
        {
            // Iterations are laid out ahead; those that never came are nothing to tell of. Items have a row from the beginning.
            if (graph.Id > 0 && !statuses.ContainsKey(first))
                continue;
            foreach (var node in graph.Nodes)
                _tallies[graph.Id][node.Index].Add(statuses.GetValueOrDefault(first + node.Index, "pending"));
        }
    }
}
