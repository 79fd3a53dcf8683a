using System.Text.Json.Serialization;

namespace Saga.Worker.Api;

/// <summary>The optional body of <c>…/cancel</c> and <c>…/rollback</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StopRunRequest
{
    /// <summary>Who asks.</summary>
    public string? By { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}
