using System.Text.RegularExpressions;

namespace Saga.Worker.Tests.Documentation;

/// <summary>A plan in a page, with what the comment before it says of it: <c>ends: completed; signal: approved {"by":"kim"}; output: 3</c>.</summary>
internal sealed partial record PlanExample(int Line, string Plan, IReadOnlyDictionary<string, string> Says)
{
    /// <summary>Every complete plan of the page; those that nothing is said of have nothing in <see cref="Says"/>.</summary>
    public static IReadOnlyList<PlanExample> In(Page page) =>
    [
        .. Block().Matches(page.Text)
            .Where(block => IsComplete(block.Groups["plan"].Value))
            .Select(block => new PlanExample(1 + page.Text.AsSpan(0, block.Index).Count('\n'), block.Groups["plan"].Value, Parse(block.Groups["says"].Value))),
    ];

    public override string ToString() => $"line {Line}";

    private static bool IsComplete(string yaml) => yaml.StartsWith("nodes:", StringComparison.Ordinal) || yaml.Contains("\nnodes:", StringComparison.Ordinal);

    private static Dictionary<string, string> Parse(string says) => says
        .Split("; ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(part => part.Split(": ", 2))
        .ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);

    [GeneratedRegex(
        @"(<!--(?<says>[^\n]*)-->\n)?^```yaml\n(?<plan>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Block();
}
