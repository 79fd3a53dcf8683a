using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Checks a value that is taken as it stands.</summary>
internal static class Values
{
    /// <summary>Says when a value is nested too deep, or has a name twice in one object.</summary>
    public static void Check(JsonElement value, Place place, Findings findings)
    {
        if (IsDeeper(value, TemplateReader.MaxDepth))
            findings.Error(place, "nested_too_deep", $"This value is nested more than {TemplateReader.MaxDepth} deep. Nothing so deep can be sent. Flatten it.");
        else
            DuplicateNames.Check(value, place, findings);
    }

    private static bool IsDeeper(JsonElement value, int than) => value.ValueKind switch
    {
        JsonValueKind.Array => than == 0 || value.EnumerateArray().Any(element => IsDeeper(element, than - 1)),
        JsonValueKind.Object => than == 0 || value.EnumerateObject().Any(property => IsDeeper(property.Value, than - 1)),
        _ => false,
    };
}
