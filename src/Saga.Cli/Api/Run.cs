using System.Text.Json;

namespace Saga.Cli.Api;

/// <summary>A run as the server describes it. Lists that the server leaves out are empty.</summary>
internal sealed record Run
{
    public required string Id { get; init; }

    public string? Kind { get; init; }

    public int? Version { get; init; }

    public string? CorrelationKey { get; init; }

    public ParentRun? Parent { get; init; }

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public JsonElement? Error { get; init; }

    public JsonElement? Input { get; init; }

    public JsonElement? Context { get; init; }

    public JsonElement? Output { get; init; }

    public JsonElement? Outputs { get; init; }

    public bool CancelRequested { get; init; }

    public string? StopRequestedBy { get; init; }

    public string? StopNote { get; init; }

    public bool Paused { get; init; }

    public IReadOnlyList<Waiting> WaitingOn { get; init => field = value ?? []; } = [];

    /// <summary>The signals that wait for a node to take them.</summary>
    public IReadOnlyList<KeptSignal> Signals { get; init => field = value ?? []; } = [];

    /// <summary>What the server wants whoever asked to know.</summary>
    public string? Warning { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public IReadOnlyList<PlannedNode> Plan { get; init => field = value ?? []; } = [];

    public IReadOnlyList<LedgerNode> Nodes { get; init => field = value ?? []; } = [];

    public bool HasEnded => RunStatus.IsEnd(Status);
}

/// <summary>The run and the node of which a run is a child.</summary>
internal sealed record ParentRun(string? RunId, string? Node);
