using System.Globalization;
using System.Text;

namespace Saga.Contracts.Json;

/// <summary>
/// Reads the text of a JSON string without ever throwing. JSON may hold half of a surrogate pair (<c>"\ud83d"</c>), and JSON that nobody checked bytes that
/// are no UTF-8: the readers of System.Text.Json throw for both, so that nobody could even be told what is wrong.
/// </summary>
public static class WrittenText
{
    /// <summary>The text of a string as it is written between its quotes.</summary>
    /// <param name="written">Its bytes.</param>
    /// <returns>The text; halves of surrogate pairs stay in it, and what is no UTF-8 becomes a half, so that neither passes for good text.</returns>
    public static string Decode(ReadOnlySpan<byte> written)
    {
        var text = DecodeBytes(written);
        return text.Contains('\\', StringComparison.Ordinal) ? Unescape(text) : text;
    }

    /// <summary>The text with the replacement character (U+FFFD) in place of each half of a surrogate pair.</summary>
    public static string Mend(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (ValueRule.IsUnicode(text))
            return text;

        var mended = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            mended.Append(rune.ToString());
        return mended.ToString();
    }

    private static string DecodeBytes(ReadOnlySpan<byte> bytes)
    {
        var bad = Utf8Text.IndexOfBadByte(bytes);
        if (bad < 0)
            return Encoding.UTF8.GetString(bytes);

        var text = new StringBuilder(bytes.Length);
        for (; bad >= 0; bad = Utf8Text.IndexOfBadByte(bytes))
        {
            // As Python does with `surrogateescape`.
            text.Append(Encoding.UTF8.GetString(bytes[..bad])).Append((char)(0xDC00 + bytes[bad]));
            bytes = bytes[(bad + 1)..];
        }

        return text.Append(Encoding.UTF8.GetString(bytes)).ToString();
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
