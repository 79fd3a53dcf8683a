using System.Diagnostics.CodeAnalysis;
using Saga.Contracts.Json;

namespace Saga.StateMachines.Persistence;

/// <summary>Words of others, made fit for a text column: a message that cannot be stored would be a message lost.</summary>
internal static class StorableText
{
    private const int MaxLength = 8_000;

    /// <summary>True for text without NUL, which PostgreSQL refuses, and without halves of surrogate pairs, which no encoding has.</summary>
    public static bool IsStorable(string text) => !text.Contains('\0', StringComparison.Ordinal) && ValueRule.IsUnicode(text);

    /// <summary>The text with the replacement character in place of what cannot be stored, and cut where nobody reads on.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? From(string? text)
    {
        if (text is null)
            return null;

        var cut = text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength), "…");
        return WrittenText.Mend(cut.Replace('\0', '\uFFFD'));
    }
}
