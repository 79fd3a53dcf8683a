using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Puts what somebody wrote into a message: in backticks, shortened, on one line.</summary>
internal static class Shown
{
    private const int Max = 80;

    public static string Text(string text)
    {
        var shown = text.Length <= Max ? text : $"{text[..Max]}…";
        return $"`{string.Concat(shown.Select(character => char.IsControl(character) ? ' ' : character))}`";
    }

    public static string Json(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        JsonValueKind.Undefined => "missing",
        JsonValueKind.String => TextOf(value) is { } text ? $"the text {Text(text)}" : "text with half a surrogate pair",
        _ => Text(value.GetRawText()),
    };

    /// <summary>The text of a JSON string, or null when it is none. Escapes such as <c>\ud800</c> are JSON, but no text.</summary>
    public static string? TextOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
