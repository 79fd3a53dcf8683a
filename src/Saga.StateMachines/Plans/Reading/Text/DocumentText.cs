using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Saga.Contracts;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>A document written in JSON or YAML, as JSON, with the lines its parts stand in.</summary>
/// <param name="Json">The document; null when the text is neither.</param>
/// <param name="Errors">What is wrong with the text; each has its line.</param>
/// <param name="Tokens">The bytes of <paramref name="Json"/>.</param>
/// <param name="TokenLines">The line of each name and each beginning of a value in <paramref name="Tokens"/>; null when it is the line of those bytes themselves.</param>
internal sealed record DocumentText(JsonElement? Json, ImmutableArray<ProvisioningError> Errors, ReadOnlyMemory<byte> Tokens, IReadOnlyList<int>? TokenLines)
{
    /// <summary>The most bytes of a document, as text and as the JSON it stands for: what a message may carry.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>How deep JSON and YAML may be nested: 32 bodies of 5 levels each, with a value of 64 levels in the innermost, and some room.</summary>
    public const int MaxDepth = 512;

    /// <summary>Reads the text as JSON when it is called that, or when it begins like it; else as YAML.</summary>
    public static DocumentText Read(string text, bool isJson)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > MaxBytes)
            return Refused("too_large", TooLarge("The text", bytes), 1);

        var content = text.TrimStart('\uFEFF');
        if (Unreadable(content) is { } at)
            return Refused("invalid_text", "There is half a surrogate pair or a NUL character in this line. Text is Unicode, without NUL. Correct or remove it.", LineAt(content, at));
        return isJson || content.AsSpan().TrimStart(" \t\r\n") is ['{' or '[', ..] ? JsonText.Read(content) : YamlText.Read(content);
    }

    /// <summary>Says that something is too large.</summary>
    public static string TooLarge(string what, int bytes) =>
        $"{what} has {bytes:N0} bytes. At most {MaxBytes:N0} are allowed. Split the plan, let a `child` do a part of it, or pass large values in the run's input.";

    /// <summary>The problems with their lines, in the order of these.</summary>
    public ImmutableArray<ProvisioningError> Located(IEnumerable<ProvisioningError> problems, string prefix)
    {
        var all = problems.ToArray();
        if (all.Length == 0)
            return [];

        var lines = new WantedLines();
        foreach (var problem in all.Where(problem => problem.Line is null))
            lines.Want(Within(problem.Pointer, prefix));
        if (Json is not null)
            lines.Find(Tokens.Span, TokenLines);
        return [.. all.Select(problem => problem.Line is null && problem.Code != Findings.TooMany ? problem with { Line = lines.Of(Within(problem.Pointer, prefix), problem.Code == DuplicateNames.Code) } : problem).OrderBy(problem => problem.Line ?? int.MaxValue)];
    }

    public static DocumentText Refused(string code, string message, int line) =>
        new(null, [new ProvisioningError { Pointer = "", Code = code, Message = message, Line = line }], default, null);

    /// <summary>The line of a character.</summary>
    public static int LineAt(string text, int at) => text.AsSpan(0, at).Count('\n') + 1;

    private static string Within(string pointer, string prefix) => pointer.StartsWith(prefix, StringComparison.Ordinal) ? pointer[prefix.Length..] : pointer;

    /// <summary>Where something stands that is no text; null when nothing does. YAML would end at a NUL, and hide what follows.</summary>
    private static int? Unreadable(string text)
    {
        var at = 0;
        foreach (var character in text.EnumerateRunes())
        {
            if (character.Value == 0 || (character == Rune.ReplacementChar && text[at] != '\uFFFD'))
                return at;
            at += character.Utf16SequenceLength;
        }

        return null;
    }
}
