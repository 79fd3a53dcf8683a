namespace Saga.Cli.Api;

/// <summary>One broken rule: where in the request, its short name, and what to do.</summary>
internal sealed record ProblemError(string? Pointer, string? Code, string? Message);
