namespace Saga.Worker.Api;

/// <summary>A page of runs, newest first.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Next">Give it as <c>before</c> to get the next page; null on the last.</param>
public sealed record RunListView(IReadOnlyList<RunSummaryView> Runs, string? Next);

/// <summary>A run in a list.</summary>
public sealed record RunSummaryView
{
    /// <summary>The run id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The beginning of its id that no other run had when the list was made, of at least 13 characters. Commands take it for the id.</summary>
    public required string ShortId { get; init; }

    /// <summary>The kind of the definition it follows; null when the start brought its own steps or plan.</summary>
    public string? Kind { get; init; }

    /// <summary>The version of that definition.</summary>
    public int? Version { get; init; }

    /// <summary>Its business key.</summary>
    public string? CorrelationKey { get; init; }

    /// <summary>Its status.</summary>
    public required string Status { get; init; }

    /// <summary>Why it walks or walked back.</summary>
    public string? Reason { get; init; }

    /// <summary>How many messages for it could not be handled.</summary>
    public required int Faults { get; init; }

    /// <summary>True once somebody asked to cancel it.</summary>
    public required bool CancelRequested { get; init; }

    /// <summary>What its plan is named; null when it has no name.</summary>
    public string? PlanName { get; init; }

    /// <summary>The steps of its first nodes, at most ten.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>How many nodes its plan has.</summary>
    public required int NodeCount { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its first steps were sent.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}
