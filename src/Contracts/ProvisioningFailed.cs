namespace Saga.Contracts;

/// <summary>A run ended unclean: it walked back, and something could not be compensated. Somebody has to look at it.</summary>
public sealed record ProvisioningFailed
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Why it walked back, such as <c>step_failed:create-vpc</c>, <c>cancelled</c> or <c>rollback_requested</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The index of the last node that had completed when the walk back began; -1 when none had.</summary>
    public required int CompensateFromIndex { get; init; }

    /// <summary>The nodes whose compensation failed, in plan order: what remains in the world.</summary>
    public required IReadOnlyList<string> NotCompensated { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset CompletedAt { get; init; }
}
