using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Documentation;

public sealed partial class The_named_tests
{
    [Fact]
    public void Exist()
    {
        var tests = Page.FilesIn(Path.Combine(Page.Root, "tests"), "*.cs").Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);
        var named = TestClass().Matches(Page.At("docs/guarantees.md").Prose).Select(name => name.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();

        named.Count.ShouldBeGreaterThan(10);
        named.Where(name => !tests.Contains(name)).ShouldBeEmpty();
    }

    [GeneratedRegex("`(?<name>(When|The|Run|A)_\\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TestClass();
}
