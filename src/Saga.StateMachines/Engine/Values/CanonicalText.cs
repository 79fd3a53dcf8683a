using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Saga.StateMachines.Logic;

namespace Saga.StateMachines.Engine.Values;

/// <summary>
/// JSON as it is inserted into text: without white space, with no more escapes than JSON demands, and each number in its one form. So equal values
/// give equal text, however their sender wrote them. Properties keep their order.
/// </summary>
internal static class CanonicalText
{
    public static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, value);
                break;
            case JsonValueKind.Array:
                var isFirst = true;
                foreach (var element in value.EnumerateArray())
                {
                    text.Append(isFirst ? '[' : ',');
                    isFirst = false;
                    Write(text, element);
                }

                text.Append(isFirst ? "[]" : "]");
                break;
            case JsonValueKind.String:
                WriteText(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(DecimalText.Canonical(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value))));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonElement value)
    {
        var isFirst = true;
        foreach (var member in value.EnumerateObject())
        {
            text.Append(isFirst ? '{' : ',');
            isFirst = false;
            WriteText(text, member.Name);
            text.Append(':');
            Write(text, member.Value);
        }

        text.Append(isFirst ? "{}" : "}");
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' or '\\' => text.Append('\\').Append(character),
                '\b' => text.Append(@"\b"),
                '\f' => text.Append(@"\f"),
                '\n' => text.Append(@"\n"),
                '\r' => text.Append(@"\r"),
                '\t' => text.Append(@"\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $@"\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }
}
