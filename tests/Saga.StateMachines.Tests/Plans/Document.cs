using Saga.StateMachines.Plans;
using Shouldly;

namespace Saga.StateMachines.Tests.Plans;

/// <summary>Plan documents in tests, written as YAML in one line or several.</summary>
internal static class Document
{
    public static Plan Accepted(string text, PlanReading? options = null)
    {
        var result = PlanReader.ReadText(text, options);
        result.Errors.Select(error => $"{error.Line} {error.Pointer} {error.Code} {error.Message}").ShouldBeEmpty();
        return result.Plan.ShouldNotBeNull();
    }

    public static T Node<T>(this Plan plan, string name, int graph = 0)
        where T : PlanNode =>
        plan.Graphs[graph].Nodes.Single(node => node.Name == name).ShouldBeOfType<T>();

    /// <summary>Where the value comes from, of a template that is a reference and nothing else.</summary>
    public static Source Source(this Template? template) => template.ShouldBeOfType<Template.Reference>().From;

    /// <summary>The graph as text: position, kind and name of each node, in brackets what it depends on, indented by what it is inside of.</summary>
    public static string Drawn(this PlanGraph graph) =>
        string.Join('\n', graph.Nodes.Select(node =>
            $"{new string(' ', Depth(graph, node) * 2)}{node.Index} {node.Kind} {node.Name} [{string.Join(' ', node.DependsOn)}]{(node.IsContainer ? $" to {node.End}" : "")}"));

    private static int Depth(PlanGraph graph, PlanNode node) => node.Parent < 0 ? 0 : 1 + Depth(graph, graph.Nodes[node.Parent]);
}
