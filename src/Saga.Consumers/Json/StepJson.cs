using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Saga.Contracts.Json;

namespace Saga.Consumers;

/// <summary>How steps read and write JSON.</summary>
internal static class StepJson
{
    /// <summary>
    /// For values that were written by a step. Nothing is demanded of them: a null that a type does not allow must neither lose an output
    /// nor make its compensation impossible.
    /// </summary>
    public static JsonSerializerOptions Stored => JsonSerializerOptions.Web;

    /// <summary>For inputs, which people write: what the type demands must be there, or the step is told nonsense.</summary>
    public static JsonSerializerOptions Input { get; } = CreateInput();

    public static bool TryRead<T>(
        JsonElement json, JsonSerializerOptions options, [MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out string? problem)
    {
        value = default;
        try
        {
            value = json.ValueKind == JsonValueKind.Undefined ? default : json.Deserialize<T>(options);
            problem = value is null ? "It is null." : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            problem = e.Message;
        }

        return problem is null;
    }

    /// <summary>Writes a value that leaves the worker. What could not be read where it goes is refused here, where the step can be told.</summary>
    /// <param name="value">The value.</param>
    /// <param name="json">Its JSON.</param>
    /// <param name="problem">Why there is none.</param>
    /// <param name="around">How many objects the value is put into that count with it.</param>
    public static bool TryWrite(object? value, out JsonElement json, [NotNullWhen(false)] out UnwritableValue? problem, int around = 0)
    {
        try
        {
            json = JsonSerializer.SerializeToElement(value, Stored);
            problem = ProblemOf(json, ValueRule.MaxDepthMade - around);
        }
        catch (Exception e)
        {
            // Writing runs the getters and converters of the value, which may throw anything.
            json = default;
            problem = new UnwritableValue(FailureCodes.InvalidOutput, e.Message);
        }

        return problem is null;
    }

    private static UnwritableValue? ProblemOf(JsonElement json, int maxDepth) =>
        JsonMarshal.GetRawUtf8Value(json).Length is var bytes and > ValueRule.MaxBytes
            ? new(ValueRule.TooLarge, $"It has {bytes:N0} bytes. At most {ValueRule.MaxBytes:N0} can be sent. Keep large things elsewhere, and say where they are.")
            : ValueRule.Check(json, maxDepth) is { } fault ? new(fault.Code, fault.Explain("It"))
            : null;

    /// <summary>The JSON Schema (draft 2020-12) of a type.</summary>
    public static JsonElement SchemaOf(Type type, JsonSerializerOptions options)
    {
        JsonNode schema = options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        return JsonSerializer.SerializeToElement(schema);
    }

    private static JsonSerializerOptions CreateInput()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
