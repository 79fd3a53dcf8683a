using System.Text.Json;
using Saga.Contracts.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Checks values for their depth: what is deeper than the rule allows could not be sent to a step.</summary>
internal static class Values
{
    /// <summary>Says when a value that is taken as it stands is nested too deep, or has a name twice in one object.</summary>
    public static void Check(JsonElement value, Place place, PlanDraft draft)
    {
        if (ValueRule.Check(value, draft.ValueDepth) is not null)
            Refuse(place, draft);
        else
            DuplicateNames.Check(value, place, draft.Findings);
    }

    /// <summary>Says so when the reader has come that deep, and there is more.</summary>
    public static bool IsTooDeep(JsonElement value, int depth, Place place, PlanDraft draft)
    {
        if (depth < draft.ValueDepth || value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            return false;
        Refuse(place, draft);
        return true;
    }

    private static void Refuse(Place place, PlanDraft draft) => draft.Findings.Error(place, "nested_too_deep",
        $"This value has more than {draft.ValueDepth} arrays and objects inside each other. Nothing deeper can be sent. Make it flatter, or write the inner part as a text.");
}
