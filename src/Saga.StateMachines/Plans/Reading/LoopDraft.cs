using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A <c>loop</c> as it was written.</summary>
internal sealed class LoopDraft(DraftBody body) : DraftKind
{
    private const int Limit = 10_000;
    private const int DefaultIterations = 100;

    private DraftTemplate? _initial;
    private DraftTemplate? _until;
    private int _maxIterations;
    private int? _onMaxIterations;

    public override IReadOnlyList<DraftBody> Bodies { get; } = [body];

    public override bool CanFail => FailsAtMax;

    private bool FailsAtMax => (_onMaxIterations ?? DefaultOnMax) == 0;

    private int DefaultOnMax => _until is null ? 1 : 0;

    public static LoopDraft? Read(DraftNode node, PropertyBag properties, PlanDraft draft)
    {
        _ = properties.TryGet("loop", out var value);
        if (PropertyBag.Read(value, properties.Place["loop"], "a loop", PlanProperties.Loop, draft.Findings) is not { } bag)
            return null;

        var body = new DraftBody(BodyKind.Iteration, node, node.Body.Graph.Inner(), bag.Place);
        var loop = new LoopDraft(body)
        {
            _maxIterations = bag.Whole("maxIterations", 1, Limit) ?? DefaultIterations,
            _onMaxIterations = bag.Choice("onMaxIterations", "fail", "continue"),
        };
        if (bag.TryGet("initial", out var initial))
        {
            var view = new Viewpoint(node.Body, node);
            loop._initial = new TemplateReader(draft, view).Read(initial, bag.Place["initial"]);
            MeantReferences.WarnOfName(loop._initial, bag.Place["initial"], view, draft.Findings);
        }

        if (bag.TryGet("until", out var until))
            loop._until = new TemplateReader(draft, new(body, null) { IsUntil = true }).ReadRule(until, bag.Place["until"]);
        BodyReader.Read(bag, body, draft);
        return loop;
    }

    public override PlanNode Make(DraftNode node) => new LoopNode(node.Index, node.FullName, node.DependsOn)
    {
        Initial = _initial?.Make() ?? Scope.DefaultInput(node.Body) ?? new Template.Reference(new Source(SourceKind.RunInput), [], null, "input"),
        Until = (Template.Rule?)_until?.Make(),
        MaxIterations = _maxIterations,
        FailsAtMaxIterations = FailsAtMax,
        Body = body.Graph.Id,
    };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("loop");
        _initial?.Write(json, "initial");
        _until?.Write(json, "until");
        if (_maxIterations != DefaultIterations)
            json.WriteNumber("maxIterations", _maxIterations);
        if (_onMaxIterations is { } chosen && chosen != DefaultOnMax)
            json.WriteString("onMaxIterations", chosen == 0 ? "fail" : "continue");
        body.Write(json);
        json.WriteEndObject();
    }
}
