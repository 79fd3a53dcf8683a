using System.Text.Json;
using System.Text.Json.Nodes;

namespace Saga.StateMachines.Tests.StateMachine.Support;

internal static class JsonText
{
    /// <summary>The value without the white space it travelled with.</summary>
    public static string? Compact(this JsonElement? value) => value is { } json ? Compact(json) : null;

    /// <inheritdoc cref="Compact(JsonElement?)"/>
    public static string Compact(this JsonElement value) => JsonNode.Parse(value.GetRawText())?.ToJsonString() ?? "null";

    /// <inheritdoc cref="Compact(JsonElement?)"/>
    public static string? Compact(this string? json) => json is null ? null : Compact(JsonElement.Parse(json));
}
