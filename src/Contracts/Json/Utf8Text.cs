using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Saga.Contracts.Json;

/// <summary>Reads bytes as the text they are, or says why they are none: nothing is replaced in silence.</summary>
public static class Utf8Text
{
    private const string Remedy = "Text must be UTF-8.";

    /// <summary>Finds the text in bytes: all of them, but for the byte order mark that some editors write in front.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="what">What they are, for the problem, such as <c>The body</c>.</param>
    /// <param name="start">Where the text begins: 3 behind a byte order mark, otherwise 0.</param>
    /// <param name="problem">The fact, the rule and the remedy, when they are no text.</param>
    public static bool TryFind(ReadOnlySpan<byte> bytes, string what, out int start, [NotNullWhen(false)] out string? problem)
    {
        start = bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
        problem = Other(bytes) is { } encoding ? $"{what} is {encoding} text. {Remedy} Save or send it as UTF-8."
            : Utf8.IsValid(bytes) ? null
            : Describe(bytes, what);
        return problem is null;
    }

    /// <summary>The same, with the text.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="what">What they are, for the problem, such as <c>The body</c>.</param>
    /// <param name="text">The text.</param>
    /// <param name="problem">The fact, the rule and the remedy, when they are no text.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, string what, [NotNullWhen(true)] out string? text, [NotNullWhen(false)] out string? problem)
    {
        text = TryFind(bytes, what, out var start, out problem) ? Encoding.UTF8.GetString(bytes[start..]) : null;
        return text is not null;
    }

    /// <summary>Where the first byte is that is no UTF-8; -1 when there is none.</summary>
    public static int IndexOfBadByte(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return -1;

        var position = 0;
        while (Rune.DecodeFromUtf8(bytes[position..], out _, out var read) == OperationStatus.Done)
            position += read;
        return position;
    }

    // JSON and YAML begin with a character of ASCII, so a NUL is half of one, or part of a quarter.
    private static string? Other(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => "UTF-32",
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "UTF-16",
        [not 0, 0, 0, 0, ..] or [0, 0, 0, not 0, ..] => "UTF-32",
        [not 0, 0, not 0, 0, ..] or [0, not 0, 0, not 0, ..] => "UTF-16",
        _ => null,
    };

    private static string Describe(ReadOnlySpan<byte> bytes, string what)
    {
        var bad = IndexOfBadByte(bytes);
        var line = bytes[..bad].Count((byte)'\n') + 1;
        return $"{what} has a byte that is no UTF-8, 0x{bytes[bad]:X2}, at offset {bad:N0}, in line {line:N0}. {Remedy} Save or send it as UTF-8.";
    }
}
