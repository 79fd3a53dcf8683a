using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A <c>constant</c> as it was written.</summary>
internal sealed class ConstantDraft(JsonElement value) : DraftKind
{
    public JsonElement Value { get; } = value;

    public static ConstantDraft Read(PropertyBag bag, PlanDraft draft)
    {
        _ = bag.TryGet("constant", out var value);
        Values.Check(value, bag.Place["constant"], draft);
        return new ConstantDraft(value);
    }

    public override PlanNode Make(DraftNode node) => new ConstantNode(node.Index, node.FullName, Value, node.DependsOn);

    public override void Write(Utf8JsonWriter json)
    {
        json.WritePropertyName("constant");
        Value.WriteTo(json);
    }
}
