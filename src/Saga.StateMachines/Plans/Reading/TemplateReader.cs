using System.Collections.Immutable;
using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Reads JSON with references in it.</summary>
internal sealed class TemplateReader(PlanDraft draft, Viewpoint view)
{
    private readonly ReferenceReader _references = new(draft, view);

    public DraftTemplate Read(JsonElement value, Place place) => new(value, Part(value, place, 0));

    /// <summary>Reads a rule, which is JsonLogic as it stands.</summary>
    public DraftTemplate ReadRule(JsonElement rule, Place place)
    {
        DuplicateNames.Check(rule, place, draft.Findings);
        MeantReferences.WarnOfRule(rule, place, view, draft.Findings);
        return new(rule, new RuleReader(draft, view, _references).Read(rule, place));
    }

    private DraftPart Part(JsonElement value, Place place, int depth)
    {
        if (Values.IsTooDeep(value, depth, place, draft))
            return DraftPart.Of(value);

        return value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(value, place, depth),
            JsonValueKind.Array => OfArray(value, place, depth),
            JsonValueKind.String => OfText(value, place),
            _ => DraftPart.Of(value),
        };
    }

    private DraftPart OfText(JsonElement value, Place place)
    {
        if (Shown.TextOf(value) is { } text)
            return text.Contains("${", StringComparison.Ordinal) ? InterpolationReader.Read(text, place, draft, _references) : OfLiteral(text, value, place);
        draft.Findings.Error(place, "wrong_type", "This text has half a surrogate pair in it. Text is Unicode. Correct it.");
        return DraftPart.Of(value);
    }

    private DraftPart OfLiteral(string text, JsonElement value, Place place)
    {
        MeantReferences.WarnOf(text, place, view, draft.Findings);
        return DraftPart.Of(value);
    }

    private DraftPart OfArray(JsonElement value, Place place, int depth)
    {
        var parts = ImmutableArray.CreateBuilder<DraftPart>(value.GetArrayLength());
        foreach (var element in value.EnumerateArray())
            parts.Add(Part(element, place[parts.Count], depth + 1));
        if (parts.All(part => part.IsAsWritten))
            return DraftPart.Of(value);

        var all = parts.MoveToImmutable();
        return DraftPart.Of(() => new Template.Elements([.. all.Select(part => part.Make())]));
    }

    private DraftPart OfObject(JsonElement value, Place place, int depth)
    {
        var properties = DuplicateNames.Distinct(value, place, draft.Findings);
        if (Operator(value) is { } name)
            return OfOperator(name, value, properties.Count, place);

        var parts = properties.ConvertAll(property => KeyValuePair.Create(property.Name, Part(property.Value, place[property.Name], depth + 1)));
        return parts.TrueForAll(part => part.Value.IsAsWritten)
            ? DraftPart.Of(value)
            : DraftPart.Of(() => new Template.Members([.. parts.Select(part => KeyValuePair.Create(part.Key, part.Value.Make()))]));
    }

    private static string? Operator(JsonElement value)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (property.NameEquals("$ref"))
                return "$ref";
            if (property.NameEquals("$logic"))
                return "$logic";
            if (property.NameEquals("$literal"))
                return "$literal";
        }

        return null;
    }

    private DraftPart OfOperator(string name, JsonElement value, int properties, Place place)
    {
        if (name == "$ref")
            return _references.Read(value, place);

        var argument = value.GetProperty(name);
        if (properties > 1)
        {
            draft.Findings.Error(place, "extra_properties", $"An object with `{name}` has other properties too. It must be alone: the object is replaced by what it gives. Remove the others.");
            return DraftPart.Of(value);
        }

        if (name == "$logic")
            return ReadRule(argument, place[name]).Part;

        Values.Check(argument, place[name], draft);
        return DraftPart.OfMarked(argument);
    }
}
