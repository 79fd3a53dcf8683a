using System.Diagnostics.CodeAnalysis;

namespace Saga.StateMachines.Persistence;

/// <summary>Words of others, made fit for a text column: a message that cannot be stored would be a message lost.</summary>
internal static class StorableText
{
    private const int MaxLength = 8_000;

    /// <summary>The text without NUL, which PostgreSQL refuses, and cut where nobody reads on.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? From(string? text)
    {
        if (text is null)
            return null;

        var whole = text.Replace('\0', '\uFFFD');
        return whole.Length <= MaxLength ? whole : string.Concat(whole.AsSpan(0, MaxLength), "…");
    }
}
