namespace Saga.StateMachines.Persistence;

/// <summary>What a step received and returned, as JSON.</summary>
/// <param name="Input">The input; null when it was the run's own.</param>
/// <param name="Output">The output; null when there was none.</param>
/// <param name="Snapshot">What the step kept while it awaits signals.</param>
/// <param name="Resumption">What arrived for the step that awaited signals.</param>
public sealed record NodeData(string? Input, string? Output, string? Snapshot = null, string? Resumption = null);
