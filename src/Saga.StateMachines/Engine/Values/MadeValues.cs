using System.Runtime.InteropServices;
using System.Text.Json;
using Saga.Contracts.Json;

namespace Saga.StateMachines.Engine.Values;

/// <summary>
/// Judges values that a run makes of others. What is fed back can double each time it is made, so a value is measured by its parts before it is made of them.
/// </summary>
internal static class MadeValues
{
    public static int BytesOf(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(value).Length;

    /// <summary>The value, unless it is too large or too deep.</summary>
    public static Evaluated Judge(JsonElement value, ValueLimits limits) =>
        BytesOf(value) > limits.MaxValueBytes ? TooLarge(limits)
        : ValueRule.Check(value, ValueRule.MaxDepthMade) is { } fault ? Evaluated.Failed(fault.Code, fault.Explain("The value"))
        : Evaluated.Of(value);

    /// <summary>The failure of a value that has too many bytes, or would have.</summary>
    public static Evaluated TooLarge(ValueLimits limits) => Evaluated.Failed(
        ValueRule.TooLarge,
        $"The value would have more than {limits.MaxValueBytes:N0} bytes, which is the limit. Keep large things elsewhere and hand on where they are, or raise Saga:MaxValueBytes.");
}
