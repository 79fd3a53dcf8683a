using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Saga.StateMachines.Tests.Plans;

/// <summary>As much of JSON Schema as the schema of plans uses.</summary>
internal static class SchemaCheck
{
    public static bool Accepts(this JsonObject root, JsonNode? value) => Accepts(root, root, value);

    private static bool Accepts(JsonObject root, JsonNode schema, JsonNode? value) => schema.AsObject().All(keyword => keyword.Key switch
    {
        "$ref" => Accepts(root, root["$defs"]![(string.Concat(((string)keyword.Value!).Skip("#/$defs/".Length)))]!, value),
        "type" => (string)keyword.Value! == TypeOf(value),
        "enum" => keyword.Value!.AsArray().Any(one => JsonNode.DeepEquals(one, value)),
        "oneOf" => keyword.Value!.AsArray().Count(one => Accepts(root, one!, value)) == 1,
        "required" => value is not JsonObject members || keyword.Value!.AsArray().All(name => members.ContainsKey((string)name!)),
        "dependentRequired" => value is not JsonObject members
            || keyword.Value!.AsObject().All(one => !members.ContainsKey(one.Key) || one.Value!.AsArray().All(name => members.ContainsKey((string)name!))),
        "properties" => value is not JsonObject members
            || keyword.Value!.AsObject().All(one => !members.TryGetPropertyValue(one.Key, out var member) || Accepts(root, one.Value!, member)),
        "additionalProperties" => value is not JsonObject members || members.All(member => schema["properties"]!.AsObject().ContainsKey(member.Key)),
        "items" => value is not JsonArray elements || elements.All(element => Accepts(root, keyword.Value!, element)),
        "minItems" => value is not JsonArray elements || elements.Count >= (int)keyword.Value!,
        "maxItems" => value is not JsonArray elements || elements.Count <= (int)keyword.Value!,
        "uniqueItems" => value is not JsonArray elements || elements.Select(element => element?.ToJsonString()).Distinct(StringComparer.Ordinal).Count() == elements.Count,
        "minimum" => TypeOf(value) != "integer" || (long)value! >= (long)keyword.Value!,
        "maximum" => TypeOf(value) != "integer" || (long)value! <= (long)keyword.Value!,
        "minLength" => TypeOf(value) != "string" || ((string)value!).Length >= (int)keyword.Value!,
        "maxLength" => TypeOf(value) != "string" || ((string)value!).Length <= (int)keyword.Value!,
        "pattern" => TypeOf(value) != "string" || Regex.IsMatch((string)value!, (string)keyword.Value!, RegexOptions.None, TimeSpan.FromSeconds(1)),
        "description" or "title" or "default" or "$schema" or "$defs" => true,
        _ => throw new NotSupportedException($"The keyword {keyword.Key} is not known here."),
    });

    private static string TypeOf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.Number => value.AsValue().TryGetValue<long>(out _) ? "integer" : "number",
            _ => "boolean",
        },
    };
}
