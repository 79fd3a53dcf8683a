using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Saga.StateMachines.Logic;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>The properties of an object of the document. To read one of the wrong type is an error and gives null, like one that is not there.</summary>
internal sealed class PropertyBag
{
    private readonly PropertySet _known;
    private readonly JsonElement[] _values;
    private readonly Findings _findings;

    private PropertyBag(PropertySet known, Findings findings, Place place)
    {
        _known = known;
        _values = new JsonElement[known.Count];
        _findings = findings;
        Place = place;
    }

    public Place Place { get; }

    /// <summary>Names that are none of the known ones.</summary>
    public List<string> Unknown { get; } = [];

    /// <summary>Reads the object, or says that it is none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="what">What it describes, such as <c>a node</c>.</param>
    /// <param name="known">The names it may have.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static PropertyBag? Read(JsonElement value, Place place, string what, PropertySet known, Findings findings)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            findings.Error(place, "wrong_type", $"This is {Shown.Json(value)}. {Capital(what)} is an object. It may have {Listed(known)}.");
            return null;
        }

        var bag = new PropertyBag(known, findings, place);
        foreach (var property in DuplicateNames.Distinct(value, place, findings))
            bag.Take(property, what);
        return bag;
    }

    public bool Has(string name) => _values[_known.IndexOf(name)].ValueKind != JsonValueKind.Undefined;

    /// <summary>The value of a property when it is there, whatever it is.</summary>
    public bool TryGet(string name, out JsonElement value)
    {
        value = _values[_known.IndexOf(name)];
        return value.ValueKind != JsonValueKind.Undefined;
    }

    public string? Text(string name, bool isRequired = false)
    {
        if (!TryGet(name, out var value))
            return null;
        if (Shown.TextOf(value) is { } text)
            return text;
        WrongType(name, value, "text", isRequired);
        return null;
    }

    public bool? Truth(string name)
    {
        if (!TryGet(name, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        WrongType(name, value, "true or false");
        return null;
    }

    public int? Whole(string name, int min, int max)
    {
        if (!TryGet(name, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.Number)
        {
            WrongType(name, value, "a whole number");
            return null;
        }

        // 1000.0 and 1e3 are whole numbers too: how a number is written says nothing in JSON.
        if (DecimalText.ReadWhole(value.GetRawText()) is { } number && number >= min && number <= max)
            return (int)number;
        var range = max == int.MaxValue ? $"at least {min}" : $"from {min} to {max:N0}";
        _findings.Error(Place[name], "out_of_range", $"`{name}` is {Shown.Text(value.GetRawText())}. It must be a whole number {range}. Correct it, or leave it out for the default.");
        return null;
    }

    public int? Choice(string name, params ReadOnlySpan<string> choices)
    {
        if (Text(name) is not { } text)
            return null;
        var choice = choices.IndexOf(text);
        if (choice >= 0)
            return choice;
        var known = choices.ToArray();
        var remedy = _findings.DidYouMean(text, known, "Choose one of them.");
        _findings.Error(Place[name], "unknown_value", $"`{name}` is {Shown.Text(text)}. It must be {string.Join(" or ", known.Select(one => $"`{one}`"))}. {remedy}");
        return null;
    }

    /// <summary>The elements of a list; an empty one is an error, and so is one that is missing.</summary>
    public bool TryGetList(string name, string why, [NotNullWhen(true)] out JsonElement? list)
    {
        list = null;
        if (!TryGet(name, out var value))
            _findings.Error(Place, "missing_property", $"`{name}` is missing. {why} Add it.");
        else if (value.ValueKind != JsonValueKind.Array)
            WrongType(name, value, "a list", isRequired: true);
        else if (value.GetArrayLength() == 0)
            _findings.Error(Place[name], "empty_list", $"`{name}` is empty. {why} Add one.");
        else
            list = value;
        return list is not null;
    }

    public void WrongType(string name, JsonElement value, string right, bool isRequired = false) =>
        _findings.Error(Place[name], "wrong_type", isRequired
            ? $"`{name}` is {Shown.Json(value)}. It is required, and must be {right}. Correct it."
            : $"`{name}` is {Shown.Json(value)}. It must be {right}. Correct it, or leave it out.");

    public static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    private static string Capital(string what) => $"{char.ToUpperInvariant(what[0])}{what[1..]}";

    private void Take(JsonProperty property, string what)
    {
        var name = property.Name;
        var index = _known.IndexOf(name);
        if (index < 0)
        {
            Unknown.Add(name);
            var remedy = _findings.DidYouMean(name, _known, $"It may have {Listed(_known)}.");
            _findings.Error(Place[name], "unknown_property", $"{Shown.Text(name)} is no property of {what}. An unknown property would do nothing. {remedy}");
        }
        else
        {
            _values[index] = property.Value;
        }
    }
}
