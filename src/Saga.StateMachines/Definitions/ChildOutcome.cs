using System.Text.Json;

namespace Saga.StateMachines.Definitions;

/// <summary>How a child run ended, for a parent that goes on either way.</summary>
/// <typeparam name="TOutput">What the run returns when it completes.</typeparam>
public sealed record ChildOutcome<TOutput>
{
    /// <summary>The child's id.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Its status, such as <c>completed</c> or <c>rolledBack</c>.</summary>
    public required string Status { get; init; }

    /// <summary>What it returned; null when it did not complete.</summary>
    public required TOutput? Output { get; init; }

    /// <summary>Why it did not complete; null when it did.</summary>
    public required JsonElement? Error { get; init; }
}
