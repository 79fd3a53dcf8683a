using System.Globalization;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>The moments a plan may name: RFC 3339 with an offset, because the orchestrator's own time zone is nobody's business.</summary>
internal static class Moment
{
    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "A moment is RFC 3339 with `Z` or an offset, such as `2027-01-31T08:00:00Z`.";

    private static readonly string[] _formats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ssK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK",
    ];

    public static bool TryParse(string? text, out DateTimeOffset moment)
    {
        moment = default;
        return text is { Length: >= 20 and <= 40 }
            && (text[^1] == 'Z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
    }
}
