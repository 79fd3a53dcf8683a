using System.Text.Json;
using System.Text.Json.Serialization;

namespace Saga.Cli.Api;

/// <summary>The body of a signal.</summary>
internal sealed record SignalRequest
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Payload { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DedupKey { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }
}
