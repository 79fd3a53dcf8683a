using System.Text.Json;

namespace Saga.Consumers.Tests.Support;

/// <summary>Compares JSON as JSON: transports are free to indent it.</summary>
internal static class JsonAssertions
{
    public static void ShouldBeJson(this JsonElement? actual, string expected)
    {
        actual.ShouldNotBeNull();
        JsonElement.DeepEquals(actual.Value, JsonElement.Parse(expected)).ShouldBeTrue($"{actual} should be {expected}");
    }

    public static void ShouldBeJson(this JsonElement actual, string expected) => ShouldBeJson((JsonElement?)actual, expected);
}
