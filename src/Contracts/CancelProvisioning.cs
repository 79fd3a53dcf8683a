namespace Saga.Contracts;

/// <summary>
/// Asks a run that has not ended to stop and compensate what it did. It is seen between steps: the step in flight finishes, nothing
/// new starts. A run that has ended, or is compensating already, ignores it.
/// </summary>
public sealed record CancelProvisioning
{
    /// <summary>The run to cancel.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Who asks, for people who read the run later.</summary>
    public string? By { get; init; }

    /// <summary>Why, for people who read the run later.</summary>
    public string? Reason { get; init; }
}
