using MassTransit;
using Saga.EntityFrameworkCore.Sagas;

namespace Saga.StateMachines.Persistence;

/// <summary>
/// A run as it is stored: small, because it is read and written with every message. What steps received and returned is in the ledger
/// (<see cref="LedgerRow"/>), what the run follows is in <see cref="StoredPlan"/>.
/// </summary>
public sealed class Run : SagaStateMachineInstance, ISagaVersion, IKeptInstance
{
    /// <summary>The run id.</summary>
    public Guid CorrelationId { get; set; }

    /// <summary>Counts the changes: whoever changes the row must have read the latest.</summary>
    public int Version { get; set; }

    /// <summary>The name of the state, stored as the status in snake_case.</summary>
    public string CurrentState { get; set; } = null!;

    /// <summary>SHA-256 of the plan it follows.</summary>
    public string PlanHash { get; set; } = null!;

    /// <summary>The kind of the definition it follows; null when the start brought its own steps or plan.</summary>
    public string? Kind { get; set; }

    /// <summary>The version of that definition.</summary>
    public int? DefinitionVersion { get; set; }

    /// <summary>Its business key; null when it has none.</summary>
    public string? CorrelationKey { get; set; }

    /// <summary>The statuses in which it keeps its key to itself, separated by commas; null when it has no key.</summary>
    public string? CorrelationScope { get; set; }

    /// <summary>Its business key while it keeps it to itself: no two runs have the same one.</summary>
    public string? HeldKey { get; set; }

    /// <summary>The run that started it and awaits it; null when none did.</summary>
    public Guid? ParentRunId { get; set; }

    /// <summary>The position of its node among all nodes of that run.</summary>
    public int? ParentNodeIndex { get; set; }

    /// <summary>The name of its node in that run.</summary>
    public string? ParentNode { get; set; }

    /// <summary>The input, a JSON value.</summary>
    public string Input { get; set; } = "{}";

    /// <summary>What steps put: a JSON object.</summary>
    public string Context { get; set; } = "{}";

    /// <summary>What it returned, as JSON; null while it has not, and when it returns nothing.</summary>
    public string? Output { get; set; }

    /// <summary>Why it walks or walked back, as JSON; null while it walks forward.</summary>
    public string? Error { get; set; }

    /// <summary>The status of every node, run-length encoded.</summary>
    public string Nodes { get; set; } = "";

    /// <summary>The nodes that were laid out since it began: items of maps and iterations of loops.</summary>
    public string Blocks { get; set; } = "";

    /// <summary>What steps await, as JSON; null when none does.</summary>
    public string? Awaits { get; set; }

    /// <summary>How many signals it received.</summary>
    public int SignalCount { get; set; }

    /// <summary>How many of them no node has taken.</summary>
    public int InboxCount { get; set; }

    /// <summary>The commands in flight, and those whose late answers still count.</summary>
    public string Dispatches { get; set; } = "";

    /// <summary>The highest dispatch id given so far.</summary>
    public long LastDispatchId { get; set; }

    /// <summary>True once somebody asked to cancel while it ran.</summary>
    public bool CancelRequested { get; set; }

    /// <summary>Who asked to cancel it or to roll it back.</summary>
    public string? StopRequestedBy { get; set; }

    /// <summary>Why they asked.</summary>
    public string? StopNote { get; set; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When its first steps were sent.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended; null again while a completed run is rolled back.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>What this process knows of its ledger. Not stored.</summary>
    internal RunMemory Memory { get; set; } = RunMemory.Empty;

    long IKeptInstance.KeptSize => Memory.Size;
}
