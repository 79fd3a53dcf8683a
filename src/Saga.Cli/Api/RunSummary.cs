namespace Saga.Cli.Api;

/// <summary>A run in a list.</summary>
internal sealed record RunSummary
{
    public required string Id { get; init; }

    /// <summary>As much of the id as no other run has.</summary>
    public string? ShortId { get; init; }

    public string? Kind { get; init; }

    public int? Version { get; init; }

    public string? CorrelationKey { get; init; }

    public string? PlanName { get; init; }

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public bool CancelRequested { get; init; }

    /// <summary>How many messages for it could not be handled.</summary>
    public int Faults { get; init; }

    /// <summary>The first few steps of its plan, if the server names them.</summary>
    public IReadOnlyList<string> Steps { get; init => field = value ?? []; } = [];

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }
}
