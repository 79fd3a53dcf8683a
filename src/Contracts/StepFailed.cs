using System.Text.Json.Serialization;

namespace Saga.Contracts;

/// <summary>
/// A step worker's answer: the step did nothing that would have to be compensated. Unless it is tried again, the run stops walking forward and
/// compensates the steps completed before.
/// </summary>
public sealed record StepFailed
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

    /// <summary>A short name of the failure for programs, such as <c>quota_exceeded</c>; <c>exception</c> when the step threw.</summary>
    public required string Code { get; init; }

    /// <summary>What happened, for people.</summary>
    public required string Message { get; init; }

    /// <summary>
    /// True for a technical failure: the node's retry policy decides whether another attempt follows. False, or left out, for a business failure,
    /// which no attempt would change.
    /// </summary>
    public bool Retryable { get; init; }

    /// <summary>How long to wait before the next attempt, as an ISO 8601 duration such as <c>PT30S</c>; null leaves it to the node's retry policy.</summary>
    public string? RetryAfter { get; init; }
}
