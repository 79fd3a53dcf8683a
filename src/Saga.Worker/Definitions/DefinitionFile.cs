using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Saga.Worker.Definitions;

/// <summary>A file with a plan document; its name says its kind and version: <c>network.v2.yaml</c>.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Version">The version.</param>
internal sealed partial record DefinitionFile(string Path, string Kind, int Version)
{
    public static bool TryParse(string path, [NotNullWhen(true)] out DefinitionFile? file)
    {
        var match = Name().Match(System.IO.Path.GetFileName(path));
        file = match.Success && int.TryParse(match.Groups["version"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new DefinitionFile(path, match.Groups["kind"].Value, version)
            : null;
        return file is not null;
    }

    [GeneratedRegex(@"^(?<kind>.+)\.v(?<version>[0-9]+)\.(yaml|yml|json)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
