using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Saga.StateMachines.Times;

/// <summary>
/// Durations in plans, in what plans compute, and in what steps answer: ISO 8601 in weeks, or in days, hours, minutes and seconds.
/// Years and months are none, because their length depends on when they begin.
/// </summary>
public static partial class IsoDuration
{
    /// <summary>The longest duration. It is beyond any run, and what is added to a moment must still be one.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(36_500);

    /// <summary>The rule in words, for messages.</summary>
    public const string Rule =
        "A duration is ISO 8601 in days, hours, minutes and seconds, such as `PT0.5S`, `PT5M` or `P1DT12H`, or in weeks, such as `P2W`, up to `P36500D`.";

    // The schema of plans has the same. So few digits that no sum of them overflows.
    private const string Form =
        "^P((?<weeks>[0-9]{1,10})W|(?=.)((?<days>[0-9]{1,10})D)?"
        + @"(T(?=.)((?<hours>[0-9]{1,10})H)?((?<minutes>[0-9]{1,10})M)?((?<seconds>[0-9]{1,10}(\.[0-9]{1,9})?)S)?)?)\z";

    /// <summary>The duration, or null when the text is none, or a longer one than <see cref="Max"/>. What is finer than 100 ns is cut off.</summary>
    public static TimeSpan? Read(string? text)
    {
        if (text is null || FormRegex().Match(text) is not { Success: true } parts)
            return null;

        var ticks = (In("weeks") * 7 * TimeSpan.TicksPerDay)
            + (In("days") * TimeSpan.TicksPerDay)
            + (In("hours") * TimeSpan.TicksPerHour)
            + (In("minutes") * TimeSpan.TicksPerMinute)
            + (In("seconds") * TimeSpan.TicksPerSecond);
        return ticks <= Max.Ticks ? TimeSpan.FromTicks((long)ticks) : null;

        decimal In(string unit) => parts.Groups[unit] is { Success: true } number ? decimal.Parse(number.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The text, such as <c>PT1M30S</c>.</summary>
    public static string Write(TimeSpan duration) => XmlConvert.ToString(duration);

    [GeneratedRegex(Form, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormRegex();
}
