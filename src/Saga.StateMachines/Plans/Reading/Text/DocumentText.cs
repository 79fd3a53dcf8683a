using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Saga.Contracts;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>A document written in JSON or YAML, as JSON, with the lines its parts stand in.</summary>
/// <param name="Json">The document; null when the text is neither.</param>
/// <param name="Errors">What is wrong with the text; those of a line known already have it.</param>
/// <param name="Lines">Gives the line of each part by its pointer. It costs more than reading, so it is asked only when there is something to say.</param>
internal sealed record DocumentText(JsonElement? Json, ImmutableArray<ProvisioningError> Errors, Func<Dictionary<string, int>> Lines)
{
    /// <summary>The most bytes of text: what a message may carry.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>How deep JSON and YAML may be nested: 32 bodies of 5 levels each, with a value of 64 levels in the innermost, and some room.</summary>
    public const int MaxDepth = 512;

    public static DocumentText Read(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > MaxBytes)
            return Refused("too_large", $"The text has {bytes:N0} bytes. At most {MaxBytes:N0} are allowed. Split the plan, or pass large values in the run's input.", null);

        var content = text.TrimStart('\uFEFF');
        var start = content.AsSpan().TrimStart();
        return start is ['{' or '[', ..] ? ReadJson(content, IsSurelyJson(start)) : YamlText.Read(content);
    }

    /// <summary>The problems with their lines, in the order of these.</summary>
    public ImmutableArray<ProvisioningError> Located(IEnumerable<ProvisioningError> problems, string prefix)
    {
        var all = problems.ToArray();
        if (all.Length == 0)
            return [];

        var lines = Lines();
        return [.. all.Select(problem => problem.Line is null ? problem with { Line = LineOf(problem.Pointer, prefix, lines) } : problem).OrderBy(problem => problem.Line ?? int.MaxValue)];
    }

    public static DocumentText Refused(string code, string message, int? line) =>
        new(null, [new ProvisioningError { Pointer = "", Code = code, Message = message, Line = line }], () => []);

    // YAML is a superset of JSON in theory only: escaped surrogate pairs and long names in one line are refused by parsers of it.
    private static DocumentText ReadJson(string text, bool isSurelyJson)
    {
        try
        {
            return new(JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth }), [], () => JsonLines.Of(text));
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            var yaml = YamlText.Read(text);
            return yaml.Json is null && isSurelyJson && problem is JsonException json
                ? Refused("invalid_json", $"The text is no JSON. {json.Message} Correct it.", (int)(json.LineNumber ?? 0) + 1)
                : yaml;
        }
    }

    private static bool IsSurelyJson(ReadOnlySpan<char> text) => text[1..].TrimStart() is ['"' or '}', ..];

    private static int? LineOf(string pointer, string prefix, Dictionary<string, int> lines)
    {
        // What is missing has no line of its own; what it is missing in has.
        var path = pointer.StartsWith(prefix, StringComparison.Ordinal) ? pointer[prefix.Length..] : pointer;
        while (!lines.ContainsKey(path) && path.Length > 0)
            path = path[..path.LastIndexOf('/')];
        return lines.TryGetValue(path, out var line) ? line : null;
    }
}
