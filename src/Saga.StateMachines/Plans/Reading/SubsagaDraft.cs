using System.Runtime.InteropServices;
using System.Text.Json;
using Saga.Contracts.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A <c>subsaga</c> as it was written; when it names a definition, that one's plan is read in its place.</summary>
internal sealed class SubsagaDraft(DraftBody plan) : DraftKind
{
    private DraftTemplate? _input;

    public override IReadOnlyList<DraftBody> Bodies { get; } = [plan];

    public static SubsagaDraft? Read(DraftNode node, PropertyBag properties, PlanDraft draft)
    {
        _ = properties.TryGet("subsaga", out var value);
        if (PropertyBag.Read(value, properties.Place["subsaga"], "a subsaga", PlanProperties.Subsaga, draft.Findings) is not { } bag)
            return null;

        DraftTemplate? input = null;
        if (bag.TryGet("input", out var given))
            input = new TemplateReader(draft, new(node.Body, node)).Read(given, bag.Place["input"]);
        if (DefinitionName.Read(bag, "subsaga", draft) is not { } definition)
            return null;

        var plan = definition.Kind is null && bag.TryGet("plan", out var own)
            ? DocumentReader.ReadSubsaga(own, bag.Place["plan"], node, draft)
            : ReadDefinition(definition, bag.Place["kind"], node, draft);
        return plan is null ? null : new(plan) { _input = input };
    }

    public override PlanNode Make(DraftNode node) => new ScopeNode(node.Index, node.FullName, ScopeKind.Subsaga, node.DependsOn)
    {
        // What is inside sees only this, so here the run's own input is named, too.
        Input = _input?.Make() ?? Scope.DefaultInput(node.Body) ?? new Template.Reference(new Source(SourceKind.RunInput), [], null, "input"),
        Output = plan.Output?.Make(),
        Leaf = plan.Leaf?.Index ?? -1,
    };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("subsaga");
        json.WritePropertyName("plan");
        DocumentReader.Write(plan, json);
        _input?.Write(json, "input");
        json.WriteEndObject();
    }

    private static DraftBody? ReadDefinition(DefinitionName definition, Place place, DraftNode node, PlanDraft draft)
    {
        var name = definition.ToString();
        if (draft.Definitions.Contains(name, StringComparer.Ordinal))
        {
            draft.Findings.Error(place, "cycle", $"The {name} is part of itself: {string.Join(" → ", draft.Definitions.Append(name))}. An inlined plan would never end. Start it as a `child` instead.");
            return null;
        }

        if (draft.Options.Definitions?.Invoke(definition.Kind!, definition.Version) is not { } document)
        {
            draft.Findings.Error(place, "unknown_definition", draft.Options.DefinitionProblem?.Invoke(definition.Kind!, definition.Version) ?? $"The {name} is not registered. A subsaga's plan is taken from it when the plan is accepted. Register it first, or write the plan here as `plan`.");
            return null;
        }

        if (Unicode.Problem(document) is { } problem)
        {
            draft.Findings.Error(place.Into(name).Below(problem.Pointer), ValueRule.InvalidText, problem.Message);
            return null;
        }

        if (!draft.AdmitDefinition(name, JsonMarshal.GetRawUtf8Value(document).Length, place))
            return null;

        draft.Definitions.Add(name);
        var plan = DocumentReader.ReadSubsaga(document.Clone(), place.Into(name), node, draft);
        draft.Definitions.RemoveAt(draft.Definitions.Count - 1);
        return plan;
    }
}
