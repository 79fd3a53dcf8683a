namespace Saga.Contracts;

/// <summary>A command was refused, and nothing was stored: a start whose plan cannot work, or a command to a run nobody knows.</summary>
public sealed record ProvisioningRejected
{
    /// <summary>The run the command named.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The refused command, such as <c>StartProvisioning</c>.</summary>
    public required string Command { get; init; }

    /// <summary>Every reason for the refusal, not only the first.</summary>
    public required IReadOnlyList<ProvisioningError> Errors { get; init; }
}
