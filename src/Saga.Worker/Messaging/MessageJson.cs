using System.Text.Json;
using System.Text.Json.Serialization;
using Saga.Contracts.Json;

namespace Saga.Worker.Messaging;

/// <summary>How messages are written and read: whatever anybody sends can be read, so that what is wrong with it can be said.</summary>
internal static class MessageJson
{
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        // MassTransit indents what it sends, for people; here only programs read it.
        options.WriteIndented = false;
        options.MaxDepth = ValueRule.ReadingDepth;
        if (!options.Converters.Any(converter => converter is AnyText))
        {
            options.Converters.Insert(0, new AnyText());
            options.Converters.Insert(0, new AnyNames());
        }

        return options;
    }

    /// <summary>
    /// Reads text that is no Unicode, too, with the halves of surrogate pairs that are in it. A message that could not be read would have no answer, and a worker
    /// whose error message was cut in the middle of a character would hold its run for ever.
    /// </summary>
    private sealed class AnyText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String or JsonTokenType.Null ? Read(ref reader) : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        // Messages are read from memory in one piece.
        public static string? Read(ref Utf8JsonReader reader)
        {
            try
            {
                return reader.GetString();
            }
            catch (InvalidOperationException)
            {
                return WrittenText.Decode(reader.ValueSpan);
            }
        }
    }

    /// <summary>The same for the names of what a step puts, which System.Text.Json reads by itself.</summary>
    private sealed class AnyNames : JsonConverter<IReadOnlyDictionary<string, JsonElement>>
    {
        public override IReadOnlyDictionary<string, JsonElement> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException();

            var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = AnyText.Read(ref reader)!;
                reader.Read();
                values[name] = JsonElement.ParseValue(ref reader);
            }

            return values;
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, JsonElement> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (name, json) in value)
            {
                writer.WritePropertyName(name);
                json.WriteTo(writer);
            }

            writer.WriteEndObject();
        }
    }
}
