using System.Text.Json;

namespace Saga.Cli.Api;

/// <summary>How a node was compensated.</summary>
internal sealed record Compensation
{
    /// <summary><c>done</c>, <c>nothing_to_do</c> or <c>failed</c>; nothing while it goes on.</summary>
    public string? How { get; init; }

    public int Attempts { get; init; }

    public JsonElement? Error { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }
}
