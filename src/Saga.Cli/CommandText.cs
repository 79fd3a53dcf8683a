using System.Text;
using System.Text.Json;
using Saga.Contracts.Json;

namespace Saga.Cli;

/// <summary>Text and JSON as given on the command line: itself, <c>@file</c>, or <c>-</c> for standard input.</summary>
/// <param name="What">What it is for, in a word: <c>input</c>.</param>
/// <param name="Option">The option it is given by, such as <c>--input</c>; null when it is an argument.</param>
internal sealed record CommandText(string What, string? Option)
{
    private static readonly JsonDocumentOptions _reading = new() { MaxDepth = ValueRule.ReadingDepth };

    public static CommandText Input { get; } = new("input", "--input");

    /// <summary>The JSON that was given; null when none was.</summary>
    public async Task<JsonElement?> ReadAsync(string? given, Stream standardInput, CancellationToken cancellation) => given switch
    {
        null => null,
        "-" => Parse(await ReadStreamAsync(standardInput, cancellation), "Standard input"),
        ['@', .. string path] => Parse(await ReadFileAsync(path, What, cancellation), $"`{path}`"),
        _ => Parse(Encoding.UTF8.GetBytes(given), Option ?? $"The {What}"),
    };

    /// <summary>The bytes of a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="what">What it is, in a word, for when it cannot be read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<byte[]> ReadFileAsync(string path, string what, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandFailedException.WrongUsage($"The {what} cannot be read.", failure.Message);
        }
    }

    /// <summary>All bytes that are left in a stream.</summary>
    public static async Task<byte[]> ReadStreamAsync(Stream stream, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }

    /// <summary>The text in bytes, or why they are none.</summary>
    public static string TextOf(byte[] bytes, string source) => Utf8Text.TryRead(bytes, source, out string? text, out string? problem)
        ? text
        : throw CommandFailedException.WrongUsage(problem);

    private JsonElement Parse(byte[] bytes, string source)
    {
        if (!Utf8Text.TryFind(bytes, source, out int start, out string? noText))
            throw CommandFailedException.WrongUsage(noText);

        ReadOnlySpan<byte> json = bytes.AsSpan(start);
        if (ValueRule.Check(json, ValueRule.ReadingDepth) is { } fault)
            throw CommandFailedException.WrongUsage(fault.Explain(source));

        try
        {
            return JsonElement.Parse(json, _reading);
        }
        catch (JsonException failure)
        {
            // The parser's own sentence ends with the position once more, counted from zero.
            string cause = failure.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0];
            throw CommandFailedException.WrongUsage(
                $"{source} is not JSON: line {failure.LineNumber + 1}, column {failure.BytePositionInLine + 1}: {cause}",
                Option is null
                    ? $$"""Give a JSON value, such as '{"message":"hello"}' with the quotes that the shell needs; or @{{What}}.json for a file, or - for standard input."""
                    : $$"""Give a JSON value such as {{Option}} '{"message":"hello"}', a file as {{Option}} @{{What}}.json, or {{Option}} - to read standard input.""");
        }
    }
}
