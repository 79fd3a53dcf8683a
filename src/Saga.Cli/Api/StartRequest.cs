using System.Text.Json;
using System.Text.Json.Serialization;

namespace Saga.Cli.Api;

/// <summary>The body of a start.</summary>
internal sealed record StartRequest
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? RunId { get; init; }

    public required IReadOnlyList<string> Steps { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Input { get; init; }
}
