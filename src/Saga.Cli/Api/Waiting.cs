namespace Saga.Cli.Api;

/// <summary>An answer the run waits for.</summary>
internal sealed record Waiting(string? Node, string? Step, string? For, int? Attempt, DateTimeOffset? Since);
