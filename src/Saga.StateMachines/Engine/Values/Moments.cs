using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace Saga.StateMachines.Engine.Values;

/// <summary>Reads durations and moments that come from values.</summary>
internal static class Moments
{
    public const string DurationRule = "A duration is ISO 8601 text without years and months, such as `PT10M`, `PT1H30M` or `P2D`.";

    public const string MomentRule = "A moment is RFC 3339 text with its offset, such as `2030-01-31T12:00:00Z`.";

    private const int ShownCharacters = 80;

    // Far beyond any run, and far from where adding to a moment overflows.
    private static readonly TimeSpan _longest = TimeSpan.FromDays(365 * 1000);

    /// <summary>The duration, or null when the text is none. A negative one is none.</summary>
    public static TimeSpan? ReadDuration(string? text)
    {
        // Years and months have no length of their own, and the framework would make one up.
        if (text is null || text.AsSpan(0, text.AsSpan().IndexOf('T') is var time and >= 0 ? time : text.Length).ContainsAny('Y', 'M'))
        {
            return null;
        }

        try
        {
            var duration = XmlConvert.ToTimeSpan(text);
            return duration >= TimeSpan.Zero && duration <= _longest ? duration : null;
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The moment that long after <paramref name="now"/>; a wait that comes from outside may be longer than time itself.</summary>
    public static DateTimeOffset Later(DateTimeOffset now, TimeSpan wait) =>
        now + TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, _longest.Ticks));

    /// <summary>The moment that long after <paramref name="now"/>, or null when the value is no duration.</summary>
    public static DateTimeOffset? After(DateTimeOffset now, JsonElement value) =>
        value.ValueKind == JsonValueKind.String && ReadDuration(value.GetString()) is { } duration ? now + duration : null;

    /// <summary>The moment, or null when the value is none.</summary>
    public static DateTimeOffset? Read(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
        && value.GetString() is { } text
        && text.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.ToUniversalTime()
            : null;

    /// <summary>The value for a message.</summary>
    public static string Show(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.Undefined ? "nothing" : value.GetRawText();
        return text.Length > ShownCharacters ? $"`{text[..ShownCharacters]}…`" : $"`{text}`";
    }
}
