using System.Text.Json;

namespace Saga.Cli.Api;

/// <summary>A line of the ledger: a node that was begun.</summary>
internal sealed record LedgerNode
{
    public int Index { get; init; }

    public string? Name { get; init; }

    public string? Kind { get; init; }

    public string? Step { get; init; }

    public required string Status { get; init; }

    public int Attempts { get; init; }

    public JsonElement? Error { get; init; }

    public Compensation? Compensation { get; init; }

    public string? ChildRunId { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }
}
