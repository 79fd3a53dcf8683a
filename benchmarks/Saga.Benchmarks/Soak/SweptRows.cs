using System.Globalization;
using System.Text.RegularExpressions;

namespace Saga.Benchmarks.Soak;

/// <summary>What the logs of all lives of all processes say about sweeps (event 4004).</summary>
internal static partial class SweptRows
{
    public static long In(DirectoryInfo logs) => logs.EnumerateFiles("*.log")
        .SelectMany(log => File.ReadLines(log.FullName))
        .Select(line => Swept().Match(line))
        .Where(match => match.Success)
        .Sum(match => long.Parse(match.Groups["rows"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("Swept (?<rows>[0-9]+) outbox rows", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Swept();
}
