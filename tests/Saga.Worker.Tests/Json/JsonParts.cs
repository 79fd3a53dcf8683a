using System.Text.Json;

namespace Saga.Worker.Tests.Json;

/// <summary>Compares JSON with what its readers rely on: more may be said, but nothing less, and nothing by another name.</summary>
internal static class JsonParts
{
    /// <summary>What of the expected is not there, or is another.</summary>
    public static IEnumerable<string> Missing(JsonElement expected, JsonElement actual, string at = "") => (expected.ValueKind, actual.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => expected.EnumerateObject().SelectMany(property =>
            actual.TryGetProperty(property.Name, out var value) ? Missing(property.Value, value, $"{at}/{property.Name}") : [$"{at}/{property.Name} is not there"]),
        (JsonValueKind.Array, JsonValueKind.Array) when expected.GetArrayLength() == actual.GetArrayLength() =>
            expected.EnumerateArray().Zip(actual.EnumerateArray()).SelectMany((pair, index) => Missing(pair.First, pair.Second, $"{at}/{index}")),
        _ => JsonElement.DeepEquals(expected, actual) ? [] : [$"{at} is {actual} and not {expected}"],
    };
}
