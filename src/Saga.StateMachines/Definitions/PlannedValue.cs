using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Saga.StateMachines.Definitions.Translation;

namespace Saga.StateMachines.Definitions;

/// <summary>
/// A value computed by the orchestrator itself. In the document it is a route with one branch that is always taken and returns the value.
/// </summary>
/// <typeparam name="TValue">Its type.</typeparam>
public sealed class PlannedValue<TValue> : Node<TValue>
{
    private readonly JsonNode? _value;

    internal PlannedValue(Body body, string name, LambdaExpression value)
        : base(body, name) =>
        _value = Templates.Translate(Site("value"), value);

    private protected override void Describe(JsonObject json) => json["route"] = new JsonObject
    {
        ["cases"] = new JsonArray(new JsonObject
        {
            ["when"] = true,
            ["nodes"] = new JsonArray(new JsonObject { ["name"] = "value", ["constant"] = null }),
            ["output"] = _value?.DeepClone(),
        }),
    };
}
