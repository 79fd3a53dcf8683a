using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Documentation;

public sealed partial class The_links
{
    [Fact]
    public void Lead_to_files_and_headings_that_exist()
    {
        var links = Page.All().SelectMany(page => Link().Matches(page.Prose).Select(link => (Page: page, Target: link.Groups["target"].Value))).ToList();

        links.Count.ShouldBeGreaterThan(100);
        links.Where(link => LeadsNowhere(link.Page, link.Target)).Select(link => $"{link.Page.Name}: {link.Target}").ShouldBeEmpty();
    }

    private static bool LeadsNowhere(Page page, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal))
            return false;

        var parts = target.Split('#');
        var file = parts[0].Length == 0 ? Path.Combine(Page.Root, page.Name) : Path.GetFullPath(Path.Combine(page.Folder, parts[0]));
        if (parts.Length == 1)
            return !Path.Exists(file);
        return !File.Exists(file) || !new Page(file).Anchors.Contains(parts[1]);
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Link();
}
