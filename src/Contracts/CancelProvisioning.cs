namespace Saga.Contracts;

/// <summary>
/// Asks a run that has not ended to stop and compensate what it did. It is seen between steps: the step in flight finishes, nothing
/// new starts. A run that has ended, or is compensating already, ignores it.
/// </summary>
public sealed record CancelProvisioning
{
    /// <summary>The run to cancel; null when it is named by its key.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The business key of the run; null when it is named by its id.</summary>
    public string? CorrelationKey { get; init; }

    /// <summary>Who asks, for people who read the run later.</summary>
    public string? By { get; init; }

    /// <summary>Why, for people who read the run later.</summary>
    public string? Reason { get; init; }
}
