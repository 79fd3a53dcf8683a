using System.Text.Json;
using System.Text.Json.Nodes;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>Keeps values from being read as references.</summary>
internal static class Escaping
{
    public static bool IsOperator(string key) => key is "$ref" or "$logic" or "$literal";

    public static string Text(string text) => text.Replace("${", "$${", StringComparison.Ordinal);

    /// <summary>The value as a template that gives just this value.</summary>
    public static JsonNode? Value(JsonNode? value)
    {
        if (value?.GetValueKind() == JsonValueKind.String)
            return Text(value.GetValue<string>());
        return MeansMore(value) ? new JsonObject { ["$literal"] = value } : value;
    }

    private static bool MeansMore(JsonNode? value) => value switch
    {
        JsonObject items => items.Any(item => IsOperator(item.Key) || MeansMore(item.Value)),
        JsonArray items => items.Any(MeansMore),
        JsonValue text => text.GetValueKind() == JsonValueKind.String && text.GetValue<string>().Contains("${", StringComparison.Ordinal),
        _ => false,
    };
}
