using System.Text.Json;

namespace Saga.StateMachines.Persistence;

/// <summary>Reads JSON that was stored. How deep it may be was settled where it came in, and what was made of it may be a little deeper.</summary>
public static class StoredJson
{
    private static readonly JsonDocumentOptions _anyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>The value of stored text.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static JsonElement Parse(string json) => JsonElement.Parse(json, _anyDepth);

    /// <summary>The value of stored text; null when nothing is stored.</summary>
    public static JsonElement? ParseOrNull(string? json) => json is null ? null : Parse(json);
}
