using System.Globalization;

namespace Saga.EntityFrameworkCore.Crashes;

/// <summary>At which boundary the process is to be killed, and at which of the times that it gets there.</summary>
internal sealed class PlannedCrash(CrashPoint point, int time)
{
    private static readonly Dictionary<string, CrashPoint> _points = Enum.GetValues<CrashPoint>().ToDictionary(NameOf, StringComparer.Ordinal);

    private int _reached;

    public CrashPoint Point => point;

    /// <summary>Reads <c>after-commit:5</c>, the fifth time that something was committed; <c>after-commit</c> is the first.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static PlannedCrash? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        var parts = text.Split(':', 2);
        var time = 1;
        if (_points.TryGetValue(parts[0], out var point)
            && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out time))
            && time > 0)
        {
            return new PlannedCrash(point, time);
        }

        throw new FormatException(
            $"{CrashPoints.Variable} is '{text}'. It must be one of {string.Join(", ", _points.Keys)}, and how many times it is "
            + "reached, such as 'after-commit:5'. Leave it out, unless the process is to be killed.");
    }

    /// <summary>Counts, and says whether this is the time.</summary>
    public bool IsNow(CrashPoint reached) => reached == point && Interlocked.Increment(ref _reached) == time;

    public override string ToString() => $"{NameOf(point)}:{time.ToString(CultureInfo.InvariantCulture)}";

    // AfterCommit is after-commit.
    private static string NameOf(CrashPoint point) =>
        string.Concat(point.ToString().Select((letter, at) => char.IsUpper(letter) ? (at == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
}
