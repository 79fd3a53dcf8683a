using System.Globalization;
using System.Text.Json;

namespace Saga.StateMachines.Plans;

/// <summary>Follows a JSON Pointer (RFC 6901) into a value, token by token.</summary>
internal static class JsonPointer
{
    /// <summary>Takes one step; false when nothing is there.</summary>
    public static bool TryStep(ref JsonElement value, string token)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(token, out var member))
        {
            value = member;
            return true;
        }

        if (value.ValueKind == JsonValueKind.Array && IndexOf(token) is { } index && index < value.GetArrayLength())
        {
            value = value[index];
            return true;
        }

        return false;
    }

    /// <summary>The index of an element that the token is: digits, without a zero before others. <c>01</c> is none, and <c>-</c> is behind the last.</summary>
    public static int? IndexOf(string token) =>
        token is "0" or [not '0', ..] && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
