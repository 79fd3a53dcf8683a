using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Saga.StateMachines.Plans;

/// <summary>The stored form of a plan: <c>{"nodes":[{"name":…,"step":…,"dependsOn":[…]}]}</c>, without white space.</summary>
internal static class PlanJson
{
    public static string Format(PlanGraph plan)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("nodes");
            foreach (var node in plan.Nodes)
            {
                Write(json, plan, node);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static Plan Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return new Plan([new PlanGraph(0, NodesOf(json.RootElement))], text);
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"The text is no plan. {problem.Message}", problem);
        }
    }

    private static void Write(Utf8JsonWriter json, PlanGraph plan, PlanNode node)
    {
        json.WriteStartObject();
        json.WriteString("name", node.Name);
        json.WriteString("step", ((StepNode)node).Step);
        json.WriteStartArray("dependsOn");
        foreach (var dependency in node.DependsOn)
        {
            json.WriteStringValue(plan.Nodes[dependency].Name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static ImmutableArray<PlanNode> NodesOf(JsonElement plan)
    {
        var list = plan.GetProperty("nodes");
        var nodes = ImmutableArray.CreateBuilder<PlanNode>(list.GetArrayLength());
        var indexes = new Dictionary<string, int>(list.GetArrayLength(), StringComparer.Ordinal);
        foreach (var item in list.EnumerateArray())
        {
            var name = TextOf(item, "name");
            var dependencies = item.GetProperty("dependsOn").EnumerateArray()
                .Select(dependency => indexes.TryGetValue(dependency.GetString() ?? "", out var index)
                    ? index
                    : throw new FormatException(
                        $"Node `{name}` depends on `{dependency}`, which is no node before it. A node can depend only on nodes before it."))
                .ToImmutableArray();
            indexes.TryAdd(name, nodes.Count);
            nodes.Add(new StepNode(nodes.Count, name, TextOf(item, "step"), dependencies));
        }

        return nodes.DrainToImmutable();
    }

    private static string TextOf(JsonElement node, string property) =>
        node.GetProperty(property).GetString() ?? throw new FormatException($"The `{property}` of a node is null. It must be a string.");
}
