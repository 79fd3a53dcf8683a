using System.Text.Encodings.Web;
using System.Text.Json;
using Saga.Contracts.Json;

namespace Saga.Cli.Api;

/// <summary>How JSON is read and written: the server's names, and user data readable in a terminal.</summary>
internal static class Json
{
    // The relaxed encoder leaves quotes and umlauts as they are; this output goes to terminals and pipes, never into HTML.
    public static JsonSerializerOptions Compact { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = ValueRule.ReadingDepth,
    };

    /// <summary>The same document on one line.</summary>
    public static string OnOneLine(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ValueRule.ReadingDepth });
        return JsonSerializer.Serialize(document.RootElement, Compact);
    }

    public static string OnOneLine(JsonElement element) => JsonSerializer.Serialize(element, Compact);
}
