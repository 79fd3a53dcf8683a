using System.Text.Json;

namespace Saga.StateMachines.Children;

/// <summary>From the orchestrator to itself: a child run has ended, or was asked about after it had.</summary>
public sealed record ChildEnded
{
    /// <summary>The run that awaits the child.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The position of its node among all nodes of that run.</summary>
    public required int NodeIndex { get; init; }

    /// <summary>The child.</summary>
    public required Guid ChildRunId { get; init; }

    /// <summary><c>completed</c>, <c>rolled_back</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>What it returned.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>Why it did not complete.</summary>
    public JsonElement? Error { get; init; }
}
