namespace Saga.Cli.Views;

/// <summary>Text from outside made safe for a terminal.</summary>
internal static class Printable
{
    /// <summary>Without control characters: an escape sequence in a step's error must not steer the reader's terminal.</summary>
    public static string Of(string text) => text.Any(IsUnsafe) ? string.Concat(text.Select(c => IsUnsafe(c) ? ' ' : c)) : text;

    /// <summary>On one line and at most so long.</summary>
    public static string Brief(string text, int length)
    {
        string line = Of(text).ReplaceLineEndings(" ");
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, length - 1), "…");
    }

    private static bool IsUnsafe(char c) => char.IsControl(c) && c != '\n';
}
