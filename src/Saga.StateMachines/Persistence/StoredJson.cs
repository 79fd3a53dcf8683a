using System.Globalization;
using System.Text;
using System.Text.Json;
using Saga.Contracts.Json;

namespace Saga.StateMachines.Persistence;

/// <summary>
/// Reads JSON that was stored. What it may be was settled where it came in; an earlier release took in more, and whatever it took in has to be readable, or
/// the run could neither be shown nor end.
/// </summary>
public static class StoredJson
{
    private const string Replacement = "\\uFFFD";
    private const int EscapeLength = 6;

    private static readonly JsonDocumentOptions _anyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>How objects of the product are written to a column and read from it, with whatever values are in them.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { MaxDepth = ValueRule.ReadingDepth };

    /// <summary>The value of stored text. Half of a surrogate pair, which nobody could write again, becomes the replacement character.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static JsonElement Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonElement.Parse(json.Contains("\\ud", StringComparison.OrdinalIgnoreCase) ? Mend(json) : json, _anyDepth);
    }

    /// <summary>The value of stored text; null when nothing is stored.</summary>
    public static JsonElement? ParseOrNull(string? json) => json is null ? null : Parse(json);

    private static string Mend(string json)
    {
        var mended = new StringBuilder(json.Length);
        var rest = json.AsSpan();
        while (rest.IndexOf('\\') is var escape and >= 0 && escape + 1 < rest.Length)
        {
            mended.Append(rest[..escape]);
            rest = rest[escape..];
            var length = rest[1] != 'u' ? 2
                : char.IsHighSurrogate(CodeOf(rest)) && char.IsLowSurrogate(CodeOf(rest[EscapeLength..])) ? 2 * EscapeLength
                : EscapeLength;
            var isHalf = length == EscapeLength && char.IsSurrogate(CodeOf(rest));
            mended.Append(isHalf ? Replacement : rest[..Math.Min(length, rest.Length)]);
            rest = rest[Math.Min(length, rest.Length)..];
        }

        return mended.Append(rest).ToString();
    }

    private static char CodeOf(ReadOnlySpan<char> escape) =>
        escape is ['\\', 'u', _, _, _, _, ..]
        && ushort.TryParse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? (char)code
            : '\0';
}
