using System.Text.Json.Nodes;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>JsonLogic in the making. An operand stands in one place of a document, so whoever needs it twice translates or clones it.</summary>
internal static class Rule
{
    public static JsonNode Of(string operation, params JsonNode?[] operands) => new JsonObject { [operation] = new JsonArray(operands) };

    public static JsonNode IsSome(JsonNode? value) => Of("!==", value, null);

    public static JsonNode IsNone(JsonNode? value) => Of("===", value, null);

    /// <summary>How many elements a list has: what a rule can count itself.</summary>
    public static JsonNode Count(JsonNode? list) => Sum(list, 1);

    public static JsonNode Sum(JsonNode? list, JsonNode? each) => Of("reduce", list, Of("+", new JsonObject { ["var"] = "accumulator" }, each), 0);
}
