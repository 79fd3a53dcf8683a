using System.Text.Json;

namespace Saga.Contracts;

/// <summary>What a step that awaited signals is handed when it is executed again.</summary>
public sealed record StepResumption
{
    /// <summary>What the step kept when it answered <see cref="StepAwaiting"/>.</summary>
    public JsonElement? Snapshot { get; init; }

    /// <summary>The signals that arrived, in the order they arrived; empty when the wait timed out before any did.</summary>
    public required IReadOnlyList<DeliveredSignal> Signals { get; init; }

    /// <summary>True when the time was over before everything the step awaited had arrived.</summary>
    public bool TimedOut { get; init; }
}
