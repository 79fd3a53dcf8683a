using System.Buffers;
using System.Text.Json;

namespace Saga.StateMachines.Engine.Values;

/// <summary>Makes JSON of JSON.</summary>
internal static class JsonMaking
{
    public static JsonElement Array(IReadOnlyCollection<JsonElement> items) => Write(json =>
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            item.WriteTo(json);
        }

        json.WriteEndArray();
    });

    public static JsonElement Object(IReadOnlyCollection<KeyValuePair<string, JsonElement>> members) => Write(json =>
    {
        json.WriteStartObject();
        foreach (var (name, value) in members)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    });

    public static JsonElement String(string text) => Write(json => json.WriteStringValue(text));

    public static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = 1000 }))
        {
            write(json);
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = 1000 });
        return JsonElement.ParseValue(ref reader);
    }
}
