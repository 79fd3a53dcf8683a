using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Documentation;

public sealed partial class The_decisions
{
    private static readonly string _folder = Path.Combine(Page.Root, "docs", "adr");

    public static TheoryData<string> Records() => [.. Directory.GetFiles(_folder, "0*.md").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Records))]
    public void Have_a_date_and_a_status_and_stand_in_the_index(string record)
    {
        var head = Head().Match(Page.At($"docs/adr/{record}").Text);

        head.Success.ShouldBeTrue("A record begins with its number and title, then `- **Date**: 2026-11-22` and `- **Status**: accepted`.");
        int.Parse(head.Groups["number"].Value, CultureInfo.InvariantCulture).ShouldBe(int.Parse(record[..4], CultureInfo.InvariantCulture));
        DateOnly.TryParseExact(head.Groups["date"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _).ShouldBeTrue();
        Page.At("docs/adr/README.md").Text.ShouldContain($"| [{head.Groups["title"].Value}]({record}) | {head.Groups["date"].Value} | {head.Groups["status"].Value.Split(':')[0]} |");
    }

    [GeneratedRegex(@"\A# (?<number>\d+)\. (?<title>.+)\n\n- \*\*Date\*\*: (?<date>.+)\n- \*\*Status\*\*: (?<status>(accepted|superseded).*)\n\n## Context\n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Head();
}
