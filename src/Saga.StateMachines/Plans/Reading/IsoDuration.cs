using System.Xml;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>The durations a plan may name: ISO 8601 without years and months, whose length depends on when they begin.</summary>
internal static class IsoDuration
{
    /// <summary>The longest duration. What is added to a moment must still be one.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(36_500);

    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "A duration is ISO 8601 in days, hours, minutes and seconds, such as `PT90S`, `PT5M` or `P1DT12H`, up to `P36500D`.";

    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (text is not { Length: >= 3 and <= 64 } || text[0] != 'P' || text.Contains('Y', StringComparison.Ordinal) || HasMonths(text))
            return false;

        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return duration >= TimeSpan.Zero && duration <= Max;
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            return false;
        }
    }

    public static string Format(TimeSpan duration) => XmlConvert.ToString(duration);

    private static bool HasMonths(string text)
    {
        var month = text.IndexOf('M', StringComparison.Ordinal);
        var time = text.IndexOf('T', StringComparison.Ordinal);
        return month >= 0 && (time < 0 || month < time);
    }
}
