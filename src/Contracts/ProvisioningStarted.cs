namespace Saga.Contracts;

/// <summary>A run began: its first steps are on their way.</summary>
public sealed record ProvisioningStarted
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }
}
