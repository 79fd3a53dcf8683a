using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A <c>map</c> as it was written.</summary>
internal sealed class MapDraft(DraftBody body) : DraftKind
{
    private const int MaxAtOnce = 10_000;

    private DraftTemplate? _over;
    private int? _maxConcurrency;
    private bool _collects;

    public override IReadOnlyList<DraftBody> Bodies { get; } = [body];

    /// <summary>True when the list is written down, and empty.</summary>
    public bool RunsNothing => _over?.Part is { IsLiteral: true, Literal: { ValueKind: JsonValueKind.Array } list } && list.GetArrayLength() == 0;

    public static MapDraft? Read(DraftNode node, PropertyBag properties, PlanDraft draft)
    {
        _ = properties.TryGet("map", out var value);
        if (PropertyBag.Read(value, properties.Place["map"], "a map", PlanProperties.Map, draft.Findings) is not { } bag)
            return null;

        var body = new DraftBody(BodyKind.Item, node, node.Body.Graph.Inner(), bag.Place);
        var map = new MapDraft(body)
        {
            _maxConcurrency = bag.Whole("maxConcurrency", 1, MaxAtOnce),
            _collects = bag.Choice("failure", "failFast", "collect") == 1,
        };
        map.ReadOver(node, bag, draft);
        BodyReader.Read(bag, body, draft);
        return map;
    }

    public override PlanNode Make(DraftNode node) => new MapNode(node.Index, node.FullName, node.DependsOn)
    {
        Over = _over!.Make(),
        MaxConcurrency = _maxConcurrency ?? int.MaxValue,
        CollectsFailures = _collects,
        Body = body.Graph.Id,
    };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("map");
        _over!.Write(json, "over");
        if (_maxConcurrency is { } max)
            json.WriteNumber("maxConcurrency", max);
        if (_collects)
            json.WriteString("failure", "collect");
        body.Write(json);
        json.WriteEndObject();
    }

    private void ReadOver(DraftNode node, PropertyBag bag, PlanDraft draft)
    {
        if (!bag.TryGet("over", out var over))
        {
            draft.Findings.Error(bag.Place, "missing_property", "`over` is missing. A map runs its nodes for each element of that list. Add it.");
            return;
        }

        var view = new Viewpoint(node.Body, node);
        _over = new TemplateReader(draft, view).Read(over, bag.Place["over"]);
        if (_over.Part is { IsLiteral: true, Literal: { ValueKind: not JsonValueKind.Array } literal })
        {
            draft.Findings.Error(bag.Place["over"], "wrong_type",
                $"`over` is {Shown.Json(literal)}. It is required, and must be a list or something that gives one. {MeantReferences.DidYouMean(literal, view, "Correct it.")}");
        }
    }
}
