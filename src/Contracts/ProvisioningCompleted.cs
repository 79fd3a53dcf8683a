using System.Text.Json;

namespace Saga.Contracts;

/// <summary>A run ended well: every node completed.</summary>
public sealed record ProvisioningCompleted
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>What the steps put into the run's shared context: a JSON object.</summary>
    public required JsonElement Context { get; init; }

    /// <summary>What the plan says it returns; for a chain of steps the output of the last. Null when it returns nothing.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset CompletedAt { get; init; }
}
