using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>Plans of steps for tests, drawn as a list of <c>"node &lt; dependency dependency"</c>.</summary>
internal static class Graph
{
    public static Plan Of(params string[] lines)
    {
        var names = lines.Select(line => line.Split(" < ")[0]).ToList();
        var indexes = names.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
        var graph = new PlanGraph(
            0,
            [
                .. lines.Select((line, index) => new StepNode(
                    index,
                    names[index],
                    names[index],
                    [.. line.Split(" < ").Skip(1).SelectMany(dependencies => dependencies.Split(' ')).Select(name => indexes[name])])),
            ]);
        return new Plan([graph], "{}");
    }
}
