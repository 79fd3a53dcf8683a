using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Saga.StateMachines.Plans;

/// <summary>The rule for the name of a step. It is narrow because the name is part of a queue's name.</summary>
public static class StepNames
{
    /// <summary>The most characters a name may have.</summary>
    public const int MaxLength = 64;

    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "A step name has 1 to 64 characters out of a-z, 0-9, `-`, `_` and `.`, the first a letter or digit.";

    private static readonly SearchValues<char> _allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>True when <paramref name="name"/> keeps the rule.</summary>
    public static bool IsValid([NotNullWhen(true)] string? name) =>
        name is { Length: >= 1 and <= MaxLength }
        && (char.IsAsciiLetterLower(name[0]) || char.IsAsciiDigit(name[0]))
        && !name.AsSpan().ContainsAnyExcept(_allowed);
}
