namespace Saga.Contracts;

/// <summary>
/// Asks a completed run to compensate everything it did (deprovision). Any other run ignores it: one that is still moving is cancelled
/// instead, and one that was rolled back has nothing left to compensate. The child of a run that has not ended <c>rolled_back</c> or
/// <c>failed</c> refuses it with <see cref="ProvisioningRejected"/>: it is rolled back with its parent.
/// </summary>
public sealed record RollBackProvisioning
{
    /// <summary>The run to roll back; null when it is named by its key.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The business key of the run; null when it is named by its id.</summary>
    public string? CorrelationKey { get; init; }

    /// <summary>Who asks, for people who read the run later.</summary>
    public string? By { get; init; }

    /// <summary>Why, for people who read the run later.</summary>
    public string? Reason { get; init; }
}
