using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Saga.Worker.Tests.Documentation;

/// <summary>A Markdown file of the repository.</summary>
internal sealed partial class Page(string path)
{
    private static readonly string[] _notOurs = ["bin", "obj", "node_modules", "TestResults", ".git"];

    public static string Root { get; } = FindRoot();

    public string Name => Path.GetRelativePath(Root, path);

    public string Folder => Path.GetDirectoryName(path)!;

    public string Text { get; } = File.ReadAllText(path);

    /// <summary>The text without code blocks.</summary>
    public string Prose => CodeBlock().Replace(Text, "");

    /// <summary>What a link may name behind its #, in the manner of GitHub.</summary>
    public IReadOnlySet<string> Anchors =>
        Heading().Matches(Prose).Select(heading => NotInAnchors().Replace(heading.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-')).ToHashSet(StringComparer.Ordinal);

    public static Page At(string relativePath) => new(Path.Combine(Root, relativePath));

    public static IEnumerable<Page> All() => FilesIn(Root, "*.md").Select(file => new Page(file));

    /// <summary>Files that are in the repository, not made by a build.</summary>
    public static IEnumerable<string> FilesIn(string folder, string pattern) => Directory.GetFiles(folder, pattern)
        .Concat(Directory.GetDirectories(folder)
            .Where(child => !_notOurs.Contains(Path.GetFileName(child), StringComparer.Ordinal))
            .SelectMany(child => FilesIn(child, pattern)));

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NotInAnchors();
}
