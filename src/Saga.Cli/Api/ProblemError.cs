using System.Text.Json.Serialization;

namespace Saga.Cli.Api;

/// <summary>One broken rule: where in the request or the document, its short name, and what to do.</summary>
internal sealed record ProblemError(string? Pointer, string? Code, string? Message)
{
    /// <summary>The line of the document, from 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Line { get; init; }

    /// <summary>As compilers say it, so that editors find the place.</summary>
    /// <param name="file">The document.</param>
    /// <param name="severity">What stands before the code of something that is no error, such as <c>warning: </c>.</param>
    public string In(string file, string severity = "")
    {
        string place = Line is { } line ? $":{line}" : Pointer is { Length: > 0 } pointer ? $"#{pointer}" : "";
        return $"{file}{place}: {severity}{Code}: {Message}";
    }
}
