using System.Text;
using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>Reads JSON (RFC 8259) as it stands, and says where it is none.</summary>
internal static class JsonText
{
    public static readonly string TooDeep = $"This is nested more than {DocumentText.MaxDepth} deep. No plan is that deep. Write less.";

    public static DocumentText Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            return new(JsonElement.Parse(bytes, new JsonDocumentOptions { MaxDepth = DocumentText.MaxDepth }), [], bytes, null);
        }
        catch (JsonException problem)
        {
            var line = (int)(problem.LineNumber ?? 0);
            return IsTooDeep(bytes)
                ? DocumentText.Refused("nested_too_deep", TooDeep, line + 1)
                : DocumentText.Refused("invalid_json", $"The text is no JSON: {Fact(problem)} (line {line + 1}, column {Column(bytes, problem)}). {Remedy(text)}", line + 1);
        }
    }

    private static bool IsTooDeep(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DocumentText.MaxDepth + 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= DocumentText.MaxDepth && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    return true;
            }
        }
        catch (JsonException)
        {
            // What is wrong stands before anything too deep.
        }

        return false;
    }

    // The message ends with the place in bytes from 0, and goes on about options that only a programmer has.
    private static string Fact(JsonException problem)
    {
        var message = problem.Message;
        foreach (var rest in new[] { " LineNumber:", " Path:", " Change the reader options", " Consider " })
        {
            if (message.IndexOf(rest, StringComparison.Ordinal) is > 0 and var at)
                message = message[..at];
        }

        return message.TrimEnd(' ', '.');
    }

    /// <summary>The character of its line at which the JSON ends, from 1.</summary>
    private static int Column(byte[] bytes, JsonException problem)
    {
        var start = 0;
        for (var line = problem.LineNumber ?? 0; line > 0; line--)
            start += bytes.AsSpan(start).IndexOf((byte)'\n') + 1;
        var length = (int)Math.Min(problem.BytePositionInLine ?? 0, bytes.Length - start);
        return Encoding.UTF8.GetCharCount(bytes.AsSpan(start, length)) + 1;
    }

    private static string Remedy(string text) => text.AsSpan().TrimStart() is ['{' or '[', ..]
        ? "What begins with `{` or `[` is read as JSON. Correct it, or put `---` in a line before it if it is meant to be YAML."
        : "It was given as JSON, by its name or its content type. Correct it, or give it as YAML.";
}
