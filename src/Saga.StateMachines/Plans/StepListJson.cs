using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Saga.StateMachines.Plans;

/// <summary>The canonical document of a chain of steps: <c>{"nodes":[{"name":…,"step":…,"dependsOn":[…]}]}</c>, as the reader would write it.</summary>
internal static class StepListJson
{
    public static string Of(PlanGraph chain)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("nodes");
            foreach (var node in chain.Nodes.Cast<StepNode>())
            {
                json.WriteStartObject();
                json.WriteString("name", node.Name);
                json.WriteString("step", node.Step);
                json.WriteStartArray("dependsOn");
                foreach (var dependency in node.DependsOn)
                    json.WriteStringValue(chain.Nodes[dependency].Name);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
