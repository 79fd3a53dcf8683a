namespace Saga.Contracts;

/// <summary>A start was accepted: the run is stored and will reach an end.</summary>
public sealed record ProvisioningAccepted
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }
}
