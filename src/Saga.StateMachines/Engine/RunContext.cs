using System.Text;
using System.Text.Json;
using Saga.Contracts.Json;

namespace Saga.StateMachines.Engine;

/// <summary>The run's shared context: a JSON object that holds what steps put there.</summary>
public static class RunContext
{
    /// <summary>The context of a run in which no step put anything.</summary>
    public const string Empty = "{}";

    // Every value was parsed once where it came in, and its depth was limited there.
    private static readonly JsonReaderOptions _anyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>
    /// Sets the keys of <paramref name="put"/>. A key that is there already is replaced in its place; everything else keeps its exact text.
    /// </summary>
    /// <exception cref="FormatException">The context is no JSON object.</exception>
    public static string Merge(string contextJson, IReadOnlyDictionary<string, JsonElement> put)
    {
        if (put.Count == 0)
        {
            return contextJson;
        }

        try
        {
            return Splice(Encoding.UTF8.GetBytes(contextJson), put);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new FormatException($"The run's context is no JSON object. {problem.Message}", problem);
        }
    }

    private static string Splice(ReadOnlySpan<byte> context, IReadOnlyDictionary<string, JsonElement> put)
    {
        var merged = new StringBuilder(context.Length);
        var added = put.Keys.ToList();
        var reader = new Utf8JsonReader(context, _anyDepth);
        var isEmpty = true;
        var copied = 0;
        ReadObjectStart(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            var key = WrittenText.Decode(reader.ValueSpan);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (put.TryGetValue(key, out var value))
            {
                merged.Append(Encoding.UTF8.GetString(context[copied..start])).Append(TextOf(value));
                copied = (int)reader.BytesConsumed;
                added.Remove(key);
            }
        }

        var end = (int)reader.TokenStartIndex;
        // The reader throws when anything but white space follows.
        reader.Read();
        merged.Append(Encoding.UTF8.GetString(context[copied..end]));
        foreach (var key in added)
        {
            merged.Append(isEmpty ? "" : ",").Append(JsonSerializer.Serialize(key)).Append(':').Append(TextOf(put[key]));
            isEmpty = false;
        }

        return merged.Append('}').ToString();
    }

    private static void ReadObjectStart(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"It starts with {reader.TokenType}.");
        }
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? "null" : value.GetRawText();
}
