using System.Text.Json;
using System.Text.Json.Serialization;

namespace Saga.Worker.Api;

/// <summary>The body of <c>POST /api/runs/{id}/signals/{name}</c>; it may be left out.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SignalRunRequest
{
    /// <summary>What the signal carries: any JSON value.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>A repeat with the same key changes nothing.</summary>
    public string? DedupKey { get; init; }

    /// <summary>Who sends it, for people.</summary>
    public string? By { get; init; }
}
