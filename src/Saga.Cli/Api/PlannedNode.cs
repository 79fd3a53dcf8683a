namespace Saga.Cli.Api;

/// <summary>A node of the plan, begun or not.</summary>
internal sealed record PlannedNode(int Index, string? Name, string? Kind, string? Step);
