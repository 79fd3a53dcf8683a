using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Saga.StateMachines.Logic;

/// <summary>
/// Reads JSON without ever throwing. JSON may hold half of a surrogate pair (<c>"\ud83d"</c>) and, unchecked, bytes that are no UTF-8;
/// the readers of <see cref="JsonElement"/> throw for both.
/// </summary>
internal static class JsonText
{
    public static string Of(JsonElement text) => Decode(JsonMarshal.GetRawUtf8Value(text)[1..^1]);

    public static string NameOf(JsonProperty property) => Decode(JsonMarshal.GetRawUtf8PropertyName(property));

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

    private static string Decode(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw);
        return raw.Contains((byte)'\\') ? Unescape(text) : text;
    }

    private static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.IndexOf('\\') is var escape and >= 0)
        {
            result.Append(rest[..escape]);
            var code = rest[escape + 1];
            result.Append(code switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)ushort.Parse(rest.Slice(escape + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                _ => code,
            });
            rest = rest[(escape + (code == 'u' ? 6 : 2))..];
        }

        result.Append(rest);
        return result.ToString();
    }
}
