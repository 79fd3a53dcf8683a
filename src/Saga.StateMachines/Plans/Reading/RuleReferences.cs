using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Replaces each <c>{"$ref": …}</c> of a rule by a variable whose name nothing in the rule has: <c>$0</c>, <c>$1</c> and so on.</summary>
internal sealed class RuleReferences(PlanDraft draft, ReferenceReader references)
{
    private static readonly ImmutableArray<string> _overElements = ["map", "filter", "reduce", "all", "none", "some"];
    private static readonly JsonElement _null = JsonSerializer.SerializeToElement<object?>(null);

    private string _prefix = "$";

    /// <summary>The variables and what they stand for.</summary>
    public List<KeyValuePair<string, DraftPart>> Variables { get; } = [];

    public JsonElement Replace(JsonElement rule, Place place)
    {
        // Most rules have none, and stay as they are.
        if (!HasReference(rule))
            return rule;

        // Before there was a rule for it, `{"var": "$0"}` read the first of them, and runs go on with it.
        if (!draft.Options.WasAccepted)
            _prefix = new string('$', MostDollars(rule) + 1);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Writing))
            Write(json, rule, place, isInner: false, depth: 0);
        return JsonElement.Parse(buffer.WrittenSpan, CanonicalJson.Reading);
    }

    private static bool HasReference(JsonElement rule) => rule.ValueKind switch
    {
        JsonValueKind.Array => rule.EnumerateArray().Any(HasReference),
        JsonValueKind.Object => rule.EnumerateObject().Any(property => property.NameEquals("$ref") || HasReference(property.Value)),
        _ => false,
    };

    /// <summary>With how many dollar signs a text of the rule begins at most. Any of them could be the name of a variable.</summary>
    private static int MostDollars(JsonElement rule) => rule.ValueKind switch
    {
        JsonValueKind.Array => rule.EnumerateArray().Select(MostDollars).DefaultIfEmpty().Max(),
        JsonValueKind.Object => rule.EnumerateObject().Select(property => MostDollars(property.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.String => Shown.TextOf(rule) is { } text ? text.Length - text.TrimStart('$').Length : 0,
        _ => 0,
    };

    private void Write(Utf8JsonWriter json, JsonElement rule, Place place, bool isInner, int depth)
    {
        switch (rule.ValueKind)
        {
            case var _ when Values.IsTooDeep(rule, depth, place, draft):
                json.WriteNullValue();
                break;
            case JsonValueKind.Object:
                WriteObject(json, rule, place, isInner, depth);
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                var index = 0;
                foreach (var element in rule.EnumerateArray())
                    Write(json, element, place[index++], isInner, depth + 1);
                json.WriteEndArray();
                break;
            default:
                rule.WriteTo(json);
                break;
        }
    }

    private void WriteObject(Utf8JsonWriter json, JsonElement rule, Place place, bool isInner, int depth)
    {
        if (rule.TryGetProperty("$ref", out _))
        {
            WriteReference(json, rule, place, isInner);
            return;
        }

        json.WriteStartObject();
        foreach (var property in rule.EnumerateObject())
        {
            json.WritePropertyName(property.Name);
            if (_overElements.Contains(property.Name) && property.Value.ValueKind == JsonValueKind.Array)
                WriteArguments(json, property.Value, place[property.Name], isInner, depth);
            else
                Write(json, property.Value, place[property.Name], isInner, depth + 1);
        }

        json.WriteEndObject();
    }

    private void WriteArguments(Utf8JsonWriter json, JsonElement arguments, Place place, bool isInner, int depth)
    {
        json.WriteStartArray();
        var index = 0;
        foreach (var argument in arguments.EnumerateArray())
        {
            // The second argument sees an element, and nothing else.
            Write(json, argument, place[index], isInner || index == 1, depth + 2);
            index++;
        }

        json.WriteEndArray();
    }

    private void WriteReference(Utf8JsonWriter json, JsonElement reference, Place place, bool isInner)
    {
        if (isInner)
        {
            draft.Findings.Error(place, "reference_out_of_place", "A `$ref` stands in the rule that `map`, `filter`, `reduce`, `all`, `none` or `some` applies to each element. Such a rule sees only the element. Move the reference out of it.");
            json.WriteNullValue();
            return;
        }

        var name = $"{_prefix}{Variables.Count}";
        Variables.Add(new(name, references.Read(reference, place, _null)));
        json.WriteStartObject();
        json.WriteString("var", name);
        json.WriteEndObject();
    }
}
