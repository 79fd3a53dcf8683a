using System.Text.Json;
using Saga.StateMachines.Times;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Reads a template that must give a duration or a moment. One that is written down is checked; one that is known only in a run is not.</summary>
internal static class TimeTemplate
{
    public static DraftTemplate Duration(JsonElement value, Place place, Viewpoint view, PlanDraft draft)
    {
        var template = new TemplateReader(draft, view).Read(value, place);
        if (template.Part.IsLiteral && IsoDuration.Read(Shown.TextOf(template.Part.Literal)) is null)
            draft.Findings.Error(place, "invalid_duration", $"This is {Shown.Json(template.Part.Literal)}. {IsoDuration.Rule} {MeantReferences.DidYouMean(template.Part.Literal, view, "Correct it.")}");
        return template;
    }

    public static DraftTemplate Moment(JsonElement value, Place place, Viewpoint view, PlanDraft draft)
    {
        var template = new TemplateReader(draft, view).Read(value, place);
        if (template.Part.IsLiteral && Rfc3339Moment.Read(Shown.TextOf(template.Part.Literal)) is null)
            draft.Findings.Error(place, "invalid_moment", $"This is {Shown.Json(template.Part.Literal)}. {Rfc3339Moment.Rule} {MeantReferences.DidYouMean(template.Part.Literal, view, "Correct it.")}");
        return template;
    }
}
