using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Finds text that is JSON but no Unicode: bytes that are no UTF-8, and halves of surrogate pairs. Reading such text throws.</summary>
internal static class Unicode
{
    private const string Message = "In a text of the document there is half a surrogate pair, or a byte that is no UTF-8. Text is Unicode. Correct or remove it.";

    /// <summary>What is wrong; null when nothing is.</summary>
    public static string? Problem(JsonElement document)
    {
        if (document.ValueKind == JsonValueKind.Undefined)
            return "There is no document. A plan is an object with `nodes`. Send one.";

        var json = JsonMarshal.GetRawUtf8Value(document);
        if (!Utf8.IsValid(json))
            return Message;
        return json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0 ? null : Surrogates(json);
    }

    private static string? Surrogates(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    _ = reader.GetString();
            }

            return null;
        }
        catch (Exception problem) when (problem is InvalidOperationException or JsonException)
        {
            return Message;
        }
    }
}
