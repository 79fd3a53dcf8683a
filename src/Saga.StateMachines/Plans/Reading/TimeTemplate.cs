using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Reads a template that must give a duration or a moment. One that is written down is checked; one that is known only in a run is not.</summary>
internal static class TimeTemplate
{
    public static DraftTemplate Duration(JsonElement value, Place place, bool mayBeZero, Viewpoint view, PlanDraft draft)
    {
        var template = new TemplateReader(draft, view).Read(value, place);
        if (template.Part.IsLiteral)
        {
            var text = Shown.TextOf(template.Part.Literal);
            if (!IsoDuration.TryParse(text, out var duration))
                draft.Findings.Error(place, "invalid_duration", $"This is {Shown.Json(template.Part.Literal)}. {IsoDuration.Rule} Correct it.");
            else if (!mayBeZero && duration == TimeSpan.Zero)
                draft.Findings.Error(place, "invalid_duration", $"This is {Shown.Text(text!)}, no time at all. It must be longer to make a difference. Correct it, or remove the node.");
        }

        return template;
    }

    public static DraftTemplate Moment(JsonElement value, Place place, Viewpoint view, PlanDraft draft)
    {
        var template = new TemplateReader(draft, view).Read(value, place);
        if (template.Part.IsLiteral && !Reading.Moment.TryParse(Shown.TextOf(template.Part.Literal), out _))
            draft.Findings.Error(place, "invalid_moment", $"This is {Shown.Json(template.Part.Literal)}. {Reading.Moment.Rule} Correct it.");
        return template;
    }
}
