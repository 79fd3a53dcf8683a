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
            options.Converters.Insert(0, new AnyText());
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

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader)!;

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

        private static string? Read(ref Utf8JsonReader reader)
        {
            try
            {
                return reader.GetString();
            }
            catch (InvalidOperationException)
            {
                return WrittenText.Decode(reader.HasValueSequence ? System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence) : reader.ValueSpan);
            }
        }
    }
}
