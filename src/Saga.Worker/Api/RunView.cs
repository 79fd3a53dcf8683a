using System.Text.Json;
using System.Text.Json.Serialization;

namespace Saga.Worker.Api;

/// <summary>A run as HTTP shows it.</summary>
public sealed record RunView
{
    /// <summary>The run id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The kind of the definition it follows; null when the start brought its own steps.</summary>
    public string? Kind { get; init; }

    /// <summary>The version of that definition.</summary>
    public int? Version { get; init; }

    /// <summary>Its business key.</summary>
    public string? CorrelationKey { get; init; }

    /// <summary>The run and the node of which it is a child.</summary>
    public ParentView? Parent { get; init; }

    /// <summary><c>pending</c>, <c>running</c>, <c>compensating</c>, <c>completed</c>, <c>rolled_back</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it walks or walked back, such as <c>step_failed:create-vpc</c>.</summary>
    public string? Reason { get; init; }

    /// <summary><c>{"reason", "compensate_from_idx"}</c>, and <c>not_compensated</c> when something remains.</summary>
    public JsonElement? Error { get; init; }

    /// <summary>The input of the run.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>What steps put.</summary>
    public required JsonElement Context { get; init; }

    /// <summary>What it returned, when it completed and its plan returns something.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>What each completed node returned, by its name.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Outputs { get; init; }

    /// <summary>True once somebody asked to cancel it.</summary>
    public required bool CancelRequested { get; init; }

    /// <summary>Who asked to cancel it or to roll it back.</summary>
    public string? StopRequestedBy { get; init; }

    /// <summary>Why they asked.</summary>
    public string? StopNote { get; init; }

    /// <summary>True while an operator holds it.</summary>
    public bool Paused { get; init; }

    /// <summary>What must happen before it moves on; empty when it has ended.</summary>
    public required IReadOnlyList<WaitView> WaitingOn { get; init; }

    /// <summary>The signals it received that no node has taken, in the order they arrived.</summary>
    public required IReadOnlyList<SignalView> Signals { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its first steps were sent.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Every node it follows, begun or not.</summary>
    public required IReadOnlyList<PlanNodeView> Plan { get; init; }

    /// <summary>What whoever asked should know, in words: that nobody waits for the signal that was sent. Left out when there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Warning { get; init; }

    /// <summary>The ledger: every node that was begun or skipped, and every item that was laid out.</summary>
    public required IReadOnlyList<NodeView> Nodes { get; init; }
}

/// <summary>The run and the node of which a run is a child.</summary>
/// <param name="RunId">The run that awaits it.</param>
/// <param name="Node">The name of its node.</param>
public sealed record ParentView(Guid RunId, string? Node);

/// <summary>A signal that waits to be taken.</summary>
/// <param name="Name">Its name.</param>
/// <param name="By">Who sent it.</param>
/// <param name="DedupKey">The key by which a repeat is known.</param>
/// <param name="ReceivedAt">When it arrived.</param>
public sealed record SignalView(string Name, string? By, string? DedupKey, DateTimeOffset ReceivedAt);
