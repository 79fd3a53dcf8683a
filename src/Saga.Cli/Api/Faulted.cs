namespace Saga.Cli.Api;

/// <summary>A message that could not be handled.</summary>
internal sealed record Faulted(string? Message, string? Exception, string? Error, string? Where);
