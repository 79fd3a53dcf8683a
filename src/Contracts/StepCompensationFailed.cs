using System.Text.Json.Serialization;

namespace Saga.Contracts;

/// <summary>
/// A step worker's answer: the step could not be compensated. Unless it is tried again, the walk back goes on, and the run ends <c>failed</c> instead of
/// <c>rolled_back</c>.
/// </summary>
public sealed record StepCompensationFailed
{
    /// <summary>The run, as in the command.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The node, as in the command.</summary>
    public required string Node { get; init; }

    /// <summary>The attempt, as in the command.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public required int Attempt { get; init; }

    /// <summary>The dispatch, as in the command.</summary>
    [JsonConverter(typeof(LargeWholeNumberConverter))]
    public required long DispatchId { get; init; }

    /// <summary>A short name of the failure for programs; <c>exception</c> when the compensation threw.</summary>
    public required string Code { get; init; }

    /// <summary>What happened, for people.</summary>
    public required string Message { get; init; }

    /// <summary>True for a technical failure: the retry policy of the node's compensation decides whether another attempt follows.</summary>
    public bool Retryable { get; init; }
}
