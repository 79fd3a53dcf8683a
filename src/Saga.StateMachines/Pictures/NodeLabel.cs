using System.Globalization;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Pictures;

/// <summary>What a picture says about a node.</summary>
internal static class NodeLabel
{
    /// <summary>The part of its name that tells it from others in the same frame.</summary>
    public static string NameOf(PlanNode node) => node.Name[(node.Name.LastIndexOf('/') + 1)..];

    /// <summary>Its kind, with what is particular about it.</summary>
    public static string KindOf(PlanGraph graph, PlanNode node) => node switch
    {
        StepNode step => $"step {step.Step}",
        SignalNode signal => $"signal {string.Join(signal.WaitsForAll ? " and " : " or ", signal.Names)}",
        ChildNode { Definition: { } kind, Version: { } version } => string.Create(CultureInfo.InvariantCulture, $"child {kind} v{version}"),
        ChildNode { Definition: { } kind } => $"child {kind}",
        MapNode { MaxConcurrency: < int.MaxValue and var most } => string.Create(CultureInfo.InvariantCulture, $"map, {most} at once"),
        LoopNode loop => string.Create(CultureInfo.InvariantCulture, $"loop, at most {loop.MaxIterations} times"),
        ScopeNode { Of: ScopeKind.Branch } branch => ChoiceOf((RouteNode)graph.Nodes[branch.Parent], branch),
        _ => node.Kind,
    };

    // When a branch runs says more than that it is one.
    private static string ChoiceOf(RouteNode route, ScopeNode branch) =>
        route.Cases.FirstOrDefault(one => one.Branch == branch.Index) is { } chosen ? $"when {ConditionText.Of(chosen.When)}" : "otherwise";
}
