using System.Globalization;
using System.Text.RegularExpressions;

namespace Saga.StateMachines.Times;

/// <summary>
/// Moments in plans and in what plans compute: RFC 3339, section 5.6. The offset may not be left out, because the orchestrator's own time zone is
/// nobody's business; and a leap second is none, because no clock here ever shows it.
/// </summary>
public static partial class Rfc3339Moment
{
    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "A moment is RFC 3339 with `Z` or an offset, such as `2030-01-31T12:00:00Z`.";

    // The digits of a fraction from the eighth on are finer than the 100 ns that a moment is kept with.
    private const string Form =
        @"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?<time>[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?)[0-9]{0,2}(?<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})\z";

    private const string Canonical = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    /// <summary>The moment in UTC, or null when the text is none.</summary>
    public static DateTimeOffset? Read(string? text) =>
        text is not null
        && FormRegex().Match(text) is { Success: true } parts
        && DateTimeOffset.TryParseExact(
            $"{parts.Groups["date"]}T{parts.Groups["time"]}{parts.Groups["offset"].Value.ToUpperInvariant()}", Canonical,
            CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToUniversalTime()
            : null;

    /// <summary>The text, with the offset that the moment has.</summary>
    public static string Write(DateTimeOffset moment) => moment.ToString(Canonical, CultureInfo.InvariantCulture);

    [GeneratedRegex(Form, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormRegex();
}
