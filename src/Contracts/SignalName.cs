using System.Diagnostics.CodeAnalysis;

namespace Saga.Contracts;

/// <summary>
/// The rule for the name of a signal. Plans, steps that await signals and whoever sends one keep the same, so that a signal that is waited
/// for can be sent, and one that is sent can be waited for.
/// </summary>
public static class SignalName
{
    /// <summary>The most characters a name may have.</summary>
    public const int MaxLength = 128;

    /// <summary>The rule in words, for messages.</summary>
    public const string Rule =
        "The name of a signal is Unicode text of 1 to 128 characters, not all of them blank and none of them NUL. It is not `.` or `..`: no URL can name these.";

    /// <summary>True when <paramref name="name"/> keeps the rule.</summary>
    public static bool IsValid([NotNullWhen(true)] string? name) =>
        name is { Length: <= MaxLength } and not ("." or "..")
        && !string.IsNullOrWhiteSpace(name)
        && !name.Contains('\0', StringComparison.Ordinal)
        && IsUnicode(name);

    // Half a surrogate pair has no UTF-8, so it can be in no URL, no message and no column.
    private static bool IsUnicode(string text)
    {
        var i = 0;
        while (i < text.Length)
        {
            if (!char.IsSurrogate(text[i]))
                i++;
            else if (char.IsSurrogatePair(text, i))
                i += 2;
            else
                return false;
        }

        return true;
    }
}
