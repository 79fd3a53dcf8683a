using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A <c>sleep</c> as it was written: text is short for <c>for</c>.</summary>
internal sealed class SleepDraft : DraftKind
{
    private DraftTemplate? _for;
    private DraftTemplate? _until;

    public static SleepDraft? Read(DraftNode node, PropertyBag properties, PlanDraft draft)
    {
        _ = properties.TryGet("sleep", out var value);
        var place = properties.Place["sleep"];
        var view = new Viewpoint(node.Body, node);
        if (value.ValueKind == JsonValueKind.String)
            return new() { _for = TimeTemplate.Duration(value, place, view, draft) };
        if (PropertyBag.Read(value, place, "a sleep", PlanProperties.Sleep, draft.Findings) is not { } bag)
            return null;

        var sleep = new SleepDraft();
        if (bag.TryGet("for", out var length))
            sleep._for = TimeTemplate.Duration(length, place["for"], view, draft);
        if (bag.TryGet("until", out var moment))
            sleep._until = TimeTemplate.Moment(moment, place["until"], view, draft);
        if (sleep._for is null == sleep._until is null && bag.Unknown.Count == 0)
        {
            var fact = sleep._for is null ? "neither `for` nor `until`" : "both `for` and `until`";
            draft.Findings.Error(place, sleep._for is null ? "missing_property" : "extra_properties", $"The sleep has {fact}. It lasts for a duration or until a moment. Give it one of them.");
        }

        return sleep;
    }

    public override PlanNode Make(DraftNode node) => new SleepNode(node.Index, node.FullName, node.DependsOn) { For = _for?.Make(), Until = _until?.Make() };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("sleep");
        _for?.Write(json, "for");
        _until?.Write(json, "until");
        json.WriteEndObject();
    }
}
