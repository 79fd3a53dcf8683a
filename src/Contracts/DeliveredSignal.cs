using System.Text.Json;

namespace Saga.Contracts;

/// <summary>A signal that was delivered to a node.</summary>
public sealed record DeliveredSignal
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it carried.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
