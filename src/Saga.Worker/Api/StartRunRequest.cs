using System.Text.Json;
using System.Text.Json.Serialization;
using Saga.Contracts;

namespace Saga.Worker.Api;

/// <summary>The body of <c>POST /api/runs</c>. A property it does not know is an error, not a wish that is silently dropped.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StartRunRequest
{
    /// <summary>The caller's id for the run; starting it again is harmless. One is made when left out.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The kind of the registered definition to follow. Exactly one of <c>kind</c>, <c>steps</c> and <c>plan</c> is given.</summary>
    public string? Kind { get; init; }

    /// <summary>The version of the definition; the latest when left out.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public int? Version { get; init; }

    /// <summary>A plan document of the run's own.</summary>
    [JsonConverter(typeof(PlanDocumentConverter))]
    public JsonElement? Plan { get; init; }

    /// <summary>A business key: commands can name the run by it, and it belongs to one run at a time.</summary>
    public string? CorrelationKey { get; init; }

    /// <summary>The statuses in which the run keeps its key to itself; while it is live when left out.</summary>
    public IReadOnlyList<string>? CorrelationScope { get; init; }

    /// <summary>The steps to execute, one after the other.</summary>
    public IReadOnlyList<string>? Steps { get; init; }

    /// <summary>What every step receives: any JSON value, also null. <c>{}</c> when left out.</summary>
    [JsonConverter(typeof(ExplicitNullConverter))]
    public JsonElement? Input { get; init; }
}
