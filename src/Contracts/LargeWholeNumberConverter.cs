using System.Text.Json;
using System.Text.Json.Serialization;

namespace Saga.Contracts;

/// <summary>What <see cref="WholeNumberConverter"/> is for an <see cref="int"/>, for a <see cref="long"/>: <c>1.0</c> is 1.</summary>
public sealed class LargeWholeNumberConverter : JsonConverter<long>
{
    // Beyond it not every whole number is a double of its own, so that which one was meant could not be told.
    private const double Largest = 9_007_199_254_740_992;

    /// <inheritdoc/>
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
            throw new JsonException();
        if (reader.TryGetInt64(out var number))
            return number;

        var value = reader.GetDouble();
        return value is >= -Largest and <= Largest && double.IsInteger(value) ? (long)value : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }
}
