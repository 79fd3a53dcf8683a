using System.Text.Json;

namespace Saga.Cli;

/// <summary>The input of a run as given on the command line: JSON, <c>@file</c>, or <c>-</c> for standard input.</summary>
internal static class RunInput
{
    public static async Task<JsonElement?> ReadAsync(string? option, TextReader standardInput, CancellationToken cancellation)
    {
        switch (option)
        {
            case null:
                return null;
            case "-":
                return Parse(await standardInput.ReadToEndAsync(cancellation), "Standard input");
            case ['@', .. string path]:
                return Parse(await ReadFileAsync(path, cancellation), $"`{path}`");
            default:
                return Parse(option, "--input");
        }
    }

    private static async Task<string> ReadFileAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandFailedException.WrongUsage("The input cannot be read.", failure.Message);
        }
    }

    private static JsonElement Parse(string text, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException failure)
        {
            // The parser's own sentence ends with the position once more, counted from zero.
            string cause = failure.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0];
            throw CommandFailedException.WrongUsage(
                $"{source} is not JSON: line {failure.LineNumber + 1}, column {failure.BytePositionInLine + 1}: {cause}",
                """Give a JSON value such as --input '{"message":"hello"}', a file as --input @input.json, or --input - to read standard input.""");
        }
    }
}
