using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A <c>child</c> as it was written.</summary>
internal sealed class ChildDraft : DraftKind
{
    private DefinitionName? _definition;
    private DraftBody? _plan;
    private DraftTemplate? _input;
    private bool _settled;

    public override bool CanFail => !_settled;

    public override bool IsAmbiguous => !_settled && _plan is { IsAmbiguous: true };

    public static ChildDraft? Read(DraftNode node, PropertyBag properties, PlanDraft draft)
    {
        _ = properties.TryGet("child", out var value);
        if (PropertyBag.Read(value, properties.Place["child"], "a child", PlanProperties.Child, draft.Findings) is not { } bag)
            return null;

        var child = new ChildDraft
        {
            _definition = DefinitionName.Read(bag, "child", draft),
            _settled = bag.Choice("join", "completed", "settled") == 1,
        };
        if (child._definition is { Kind: { } kind, Version: var version } && draft.Options.DefinitionProblem?.Invoke(kind, version) is { } problem)
            draft.Findings.Error(bag.Place["kind"], "unknown_definition", problem);
        if (bag.TryGet("input", out var input))
            child._input = new TemplateReader(draft, new(node.Body, node)).Read(input, bag.Place["input"]);
        if (bag.TryGet("plan", out var plan))
            child._plan = DocumentReader.ReadPlan(plan, bag.Place["plan"], draft);
        return child;
    }

    public override PlanNode Make(DraftNode node) => new ChildNode(node.Index, node.FullName, node.DependsOn)
    {
        Definition = _definition!.Kind,
        Version = _definition.Version,
        Document = _plan is null ? null : JsonElement.Parse(CanonicalJson.Of(_plan), CanonicalJson.Reading),
        Input = _input?.Make() ?? Scope.DefaultInput(node.Body),
        JoinsSettled = _settled,
    };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("child");
        if (_definition!.Kind is { } kind)
            json.WriteString("kind", kind);
        if (_definition.Version is { } version)
            json.WriteNumber("version", version);
        if (_plan is not null)
        {
            json.WritePropertyName("plan");
            DocumentReader.Write(_plan, json);
        }

        _input?.Write(json, "input");
        if (_settled)
            json.WriteString("join", "settled");
        json.WriteEndObject();
    }
}
