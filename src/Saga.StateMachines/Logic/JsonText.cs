using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Saga.Contracts.Json;

namespace Saga.StateMachines.Logic;

/// <summary>
/// Reads JSON without ever throwing. JSON may hold half of a surrogate pair (<c>"\ud83d"</c>) and, unchecked, bytes that are no UTF-8;
/// the readers of <see cref="JsonElement"/> throw for both.
/// </summary>
internal static class JsonText
{
    public static string Of(JsonElement text) => WrittenText.Decode(JsonMarshal.GetRawUtf8Value(text)[1..^1]);

    public static string NameOf(JsonProperty property) => WrittenText.Decode(JsonMarshal.GetRawUtf8PropertyName(property));

    public static LogicNumber NumberOf(JsonElement number, LogicBudget budget) =>
        number.TryGetDouble(out var value) && !LogicNumber.IsExactFrom(value) && double.IsFinite(value)
            ? LogicNumber.Of(value)
            : DecimalText.Read(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(number)), budget);

    /// <summary>The property of that name, the last when there are several.</summary>
    public static JsonElement PropertyOf(JsonElement json, string name)
    {
        try
        {
            return json.TryGetProperty(name, out var value) ? value : default;
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException)
        {
            // A name is not well-formed: the one that is sought, or one it is compared with.
            var found = default(JsonElement);
            foreach (var property in json.EnumerateObject())
            {
                found = NameOf(property) == name ? property.Value : found;
            }

            return found;
        }
    }
}
