using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Signals;

/// <summary>Says, as far as the plan tells, whether a run will take a signal. Steps say only while they run which signals they await.</summary>
public static class SignalForecast
{
    private const int MaxNamed = 10;

    /// <summary>Why it may be that nobody takes the signal, for its sender; null when a node waits for it, or is going to.</summary>
    public static string? Warning(string name, Plan plan, RunState state)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(state);
        var waits = plan.Graphs.SelectMany(graph => graph.Nodes.OfType<SignalNode>().Select(node => (Graph: graph, Node: node))).ToList();
        var awaited = state.Awaits.SelectMany(step => step.Names).ToHashSet(StringComparer.Ordinal);
        var named = waits.Where(wait => wait.Node.Names.Contains(name, StringComparer.Ordinal)).ToList();
        if (awaited.Contains(name) || named.Exists(wait => MayRun(wait.Graph, wait.Node, plan, state)))
            return null;

        var mayBeAwaited = plan.Graphs.Any(graph => graph.Nodes.Any(node => node is StepNode && MayRun(graph, node, plan, state)));
        var fact = named.Count == 0
            ? $"No node of the run's plan waits for a signal `{name}`, and no step awaits it now."
            : $"Node `{named[0].Node.Name}`, which the plan has for the signal `{name}`, has ended, and no step awaits it now.";
        return $"{fact} {Fate(mayBeAwaited)}{Remedy(name, waits.SelectMany(wait => wait.Node.Names).Concat(awaited).Distinct(StringComparer.Ordinal).ToList())}";
    }

    private static string Fate(bool mayBeAwaited) => mayBeAwaited
        ? "It is kept in case a step that has not ended awaits it."
        : "It is kept, but nothing that is left of the plan can take it.";

    private static string Remedy(string name, List<string> known)
    {
        var others = known.Where(other => other != name).Order(StringComparer.Ordinal).ToList();
        var nearest = NearestStepNames.To(name, others);
        return nearest.Length > 0 ? $" Did you mean {string.Join(" or ", nearest.Select(other => $"`{other}`"))}?"
            : others.Count == 0 ? ""
            : $" Signals of this run are {string.Join(", ", others.Take(MaxNamed).Select(other => $"`{other}`"))}{(others.Count > MaxNamed ? " and others" : "")}.";
    }

    /// <summary>Whether the node runs, or may do so yet. A node in the body of a map or loop may do so as often as that runs its body.</summary>
    private static bool MayRun(PlanGraph graph, PlanNode node, Plan plan, RunState state)
    {
        while (graph.Id != 0)
            (graph, node) = OwnerOf(graph, plan);
        var at = node.Index;
        while (at >= 0 && state.Nodes[at] is (NodeStatus.Pending or NodeStatus.Running or NodeStatus.Waiting or NodeStatus.Retrying or NodeStatus.Open))
            at = graph.Nodes[at].Parent;
        return at < 0;
    }

    private static (PlanGraph Graph, PlanNode Node) OwnerOf(PlanGraph body, Plan plan)
    {
        foreach (var graph in plan.Graphs)
        {
            foreach (var node in graph.Nodes)
            {
                if (node is MapNode map && map.Body == body.Id || node is LoopNode loop && loop.Body == body.Id)
                    return (graph, node);
            }
        }

        throw new InvalidOperationException($"Graph {body.Id} of plan {plan.Hash} is the body of no node.");
    }
}
