using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A <c>route</c> as it was written.</summary>
internal sealed class RouteDraft : DraftKind
{
    /// <summary>The name of the branch that runs when no case is chosen.</summary>
    public const string DefaultName = "default";

    private readonly List<(DraftTemplate When, DraftBody Body)> _cases = [];
    private readonly List<DraftBody> _bodies = [];
    private DraftBody? _default;

    public override IReadOnlyList<DraftBody> Bodies => _bodies;

    /// <summary>True when it returns null if no case is chosen.</summary>
    public bool MayRunNothing => _default is null;

    public IReadOnlyList<(DraftTemplate When, DraftBody Body)> Cases => _cases;

    public DraftBody? Default => _default;

    public static RouteDraft? Read(DraftNode node, PropertyBag properties, PlanDraft draft)
    {
        _ = properties.TryGet("route", out var value);
        if (PropertyBag.Read(value, properties.Place["route"], "a route", PlanProperties.Route, draft.Findings) is not { } bag)
            return null;

        var route = new RouteDraft();
        if (bag.TryGetList("cases", "A route chooses one of its cases.", out var cases))
        {
            var names = new HashSet<string>(StringComparer.Ordinal) { DefaultName };
            foreach (var (index, element) in cases.Value.EnumerateArray().Index())
                route.ReadCase(element, index, bag.Place["cases"][index], node, names, draft);
        }

        if (bag.TryGet("default", out var otherwise)
            && PropertyBag.Read(otherwise, bag.Place["default"], "the default of a route", PlanProperties.Default, draft.Findings) is { } body)
        {
            route._default = route.ReadBody(body, DefaultName, node, draft);
        }

        return route;
    }

    public override PlanNode Make(DraftNode node) => new RouteNode(
        node.Index,
        node.FullName,
        [.. _cases.Select(one => new RouteCase((Template.Rule)one.When.Make(), one.Body.Index))],
        _default?.Index ?? -1,
        node.DependsOn);

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("route");
        json.WriteStartArray("cases");
        foreach (var (index, (when, body)) in _cases.Index())
        {
            json.WriteStartObject();
            if (body.Name != $"case-{index}")
                json.WriteString("name", body.Name);
            when.Write(json, "when");
            body.Write(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (_default is not null)
        {
            json.WriteStartObject(DefaultName);
            _default.Write(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void ReadCase(JsonElement element, int index, Place place, DraftNode node, HashSet<string> names, PlanDraft draft)
    {
        if (PropertyBag.Read(element, place, "a case", PlanProperties.Case, draft.Findings) is not { } bag)
            return;

        var name = bag.Text("name") ?? $"case-{index}";
        if (bag.Has("name") && !BodyReader.IsGood(name, place["name"], draft.Findings))
            name = $"case-{index}";
        else if (!names.Add(name))
            draft.Findings.Error(bag.Has("name") ? place["name"] : place, "duplicate_name", $"The name of the case is `{name}`, which is taken{(name == DefaultName ? " by the default" : "")}. A name is unique within its route. Rename one of them.");

        if (bag.TryGet("when", out var rule))
        {
            var when = new TemplateReader(draft, new(node.Body, node)).ReadRule(rule, place["when"]);
            _cases.Add((when, ReadBody(bag, name, node, draft)));
        }
        else
        {
            draft.Findings.Error(place, "missing_property", "`when` is missing. A case is chosen when it is truthy. Add it, or make this the `default`.");
            ReadBody(bag, name, node, draft);
        }
    }

    private DraftBody ReadBody(PropertyBag bag, string name, DraftNode node, PlanDraft draft)
    {
        var body = new DraftBody(BodyKind.Branch, node, node.Body.Graph, bag.Place) { Name = name };
        _bodies.Add(body);
        BodyReader.Read(bag, body, draft);
        return body;
    }
}
