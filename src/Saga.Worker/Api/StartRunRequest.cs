using System.Text.Json;
using System.Text.Json.Serialization;

namespace Saga.Worker.Api;

/// <summary>The body of <c>POST /api/runs</c>. A property it does not know is an error, not a wish that is silently dropped.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StartRunRequest
{
    /// <summary>The caller's id for the run; starting it again is harmless. One is made when left out.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The steps to execute, one after the other.</summary>
    public IReadOnlyList<string>? Steps { get; init; }

    /// <summary>What every step receives: any JSON value. <c>{}</c> when left out.</summary>
    public JsonElement? Input { get; init; }
}
