namespace Saga.StateMachines.Persistence;

/// <summary>What a step received and returned, as JSON.</summary>
/// <param name="Input">The input; null when it was the run's own.</param>
/// <param name="Output">The output; null when there was none.</param>
public sealed record NodeData(string? Input, string? Output);
