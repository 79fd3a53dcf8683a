using System.Text.Json;
using System.Text.Json.Serialization;

namespace Saga.Contracts;

/// <summary>
/// Reads a whole number however it is written, because JSON has only one kind of number: <c>1.0</c> is 1. Text is none, whatever the options of the reader say.
/// </summary>
public sealed class WholeNumberConverter : JsonConverter<int>
{
    /// <inheritdoc/>
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
            throw new JsonException();
        if (reader.TryGetInt32(out var number))
            return number;

        // Every int is a double of its own; a fraction too small for a double is that of a number nobody writes.
        var value = reader.GetDouble();
        return value is >= int.MinValue and <= int.MaxValue && double.IsInteger(value) ? (int)value : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }
}
