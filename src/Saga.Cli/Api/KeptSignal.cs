namespace Saga.Cli.Api;

/// <summary>A signal that a run has received and no node has taken.</summary>
internal sealed record KeptSignal(string? Name, string? By, DateTimeOffset? ReceivedAt);
