using System.Globalization;
using System.Xml;

namespace Saga.Consumers;

/// <summary>Durations as people write them: ISO 8601, or the text of a <see cref="TimeSpan"/>. Never a bare number.</summary>
internal static class Duration
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        // TimeSpan reads "5" as five days, which nobody means.
        if (text.Contains(':', StringComparison.Ordinal))
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration);

        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            duration = default;
            return false;
        }
    }

    /// <summary>As messages carry it: ISO 8601, such as <c>PT1M30S</c>.</summary>
    public static string Write(TimeSpan duration) => XmlConvert.ToString(duration);
}
