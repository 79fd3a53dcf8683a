using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Finds names that are there twice in one object. JSON allows them, and readers of JSON disagree about which of the values counts.</summary>
internal static class DuplicateNames
{
    public const string Code = "duplicate_property";

    // Few names are compared sooner than they are put into a set.
    private const int Few = 8;

    public static string Message(string name) => $"{Shown.Text(name)} is there twice. Only one of the values could count. Remove one.";

    /// <summary>Says which are there twice, anywhere in a value.</summary>
    public static void Check(JsonElement value, Place place, Findings findings)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var (index, element) in value.EnumerateArray().Index())
                    Check(element, place[index], findings);
                break;
            case JsonValueKind.Object:
                foreach (var property in Distinct(value, place, findings))
                    Check(property.Value, place[property.Name], findings);
                break;
        }
    }

    /// <summary>The properties of an object, of those with the same name the first. The others are errors.</summary>
    public static List<JsonProperty> Distinct(JsonElement value, Place place, Findings findings)
    {
        var properties = new List<JsonProperty>(value.GetPropertyCount());
        var names = properties.Capacity > Few ? new HashSet<string>(StringComparer.Ordinal) : null;
        foreach (var property in value.EnumerateObject())
        {
            var name = property.Name;
            if (names?.Add(name) ?? !properties.Exists(earlier => earlier.NameEquals(name)))
                properties.Add(property);
            else
                findings.Error(place[name], Code, Message(name));
        }

        return properties;
    }
}
