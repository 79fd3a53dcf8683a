using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Saga.Cli.Api;

/// <summary>Why something did not work, in the shape of problem details (RFC 9457): the server's, or one the command line found itself.</summary>
internal sealed record Problem
{
    public string? Title { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Status { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemError>? Errors { get; init; }

    /// <summary>The document that the errors are in, when they name lines.</summary>
    [JsonIgnore]
    public string? File { get; init; }

    /// <summary>The document as the server sent it, with members this program does not know.</summary>
    [JsonIgnore]
    public string? Raw { get; init; }

    /// <summary>Nobody answered, so asking again later may help.</summary>
    [JsonIgnore]
    public bool Unreachable { get; init; }

    public string ToJson() => Raw ?? JsonSerializer.Serialize(this, Json.Compact);

    public override string ToString()
    {
        var text = new StringBuilder("error: ").AppendJoin(' ', new[] { Title, Detail }.OfType<string>().Where(part => part.Length > 0).Select(Sentence).Distinct());
        // A single error is the detail itself, so it is not told again.
        foreach (ProblemError error in Errors is [{ Message: { } only }] && only == Detail ? [] : Errors ?? [])
            text.Append("\n  ").Append(File is null ? Told(error) : error.In(File));
        return text.ToString();
    }

    private static string Told(ProblemError error) => (error.Pointer is { Length: > 0 } pointer ? pointer + ": " : "") + (error.Message ?? error.Code);

    // Titles of problem details come with and without a full stop; side by side with the detail they need one.
    private static string Sentence(string text) => text[^1] is '.' or '!' or '?' or ':' or ')' ? text : text + ".";
}
