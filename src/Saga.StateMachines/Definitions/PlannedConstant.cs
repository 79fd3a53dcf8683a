using System.Text.Json;
using System.Text.Json.Nodes;

namespace Saga.StateMachines.Definitions;

/// <summary>A value known beforehand; it never reaches a worker.</summary>
/// <typeparam name="TValue">Its type.</typeparam>
public sealed class PlannedConstant<TValue> : Node<TValue>
{
    private readonly JsonNode? _value;

    internal PlannedConstant(Body body, string name, TValue value)
        : base(body, name) =>
        _value = JsonSerializer.SerializeToNode(value, JsonSerializerOptions.Web);

    private protected override void Describe(JsonObject json) => json["constant"] = _value?.DeepClone();
}
