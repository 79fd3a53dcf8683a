namespace Saga.StateMachines.Persistence;

/// <summary>What happened at one node of a run. A row is born when the node starts, is skipped, or is laid out as an item.</summary>
public sealed class LedgerRow
{
    /// <summary>The run.</summary>
    public Guid RunId { get; set; }

    /// <summary>The node's position among all nodes of the run, from 0: those of the plan first, then items and iterations as they were laid out.</summary>
    public int NodeIndex { get; set; }

    /// <summary>The node's name.</summary>
    public string Name { get; set; } = null!;

    /// <summary>The kind of node, such as <c>step</c> or <c>map</c>.</summary>
    public string Kind { get; set; } = null!;

    /// <summary>The step's name; null when the node is none.</summary>
    public string? Step { get; set; }

    /// <summary>The node's status in snake_case.</summary>
    public string Status { get; set; } = null!;

    /// <summary>How often it was tried to execute.</summary>
    public int Attempts { get; set; }

    /// <summary>What the step received, as JSON; null when that is the run's own input.</summary>
    public string? Input { get; set; }

    /// <summary>What the step returned, as JSON.</summary>
    public string? Output { get; set; }

    /// <summary>The code of the failure.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>The failure in words.</summary>
    public string? ErrorMessage { get; set; }

    /// <summary>The child run of the node.</summary>
    public Guid? ChildRunId { get; set; }

    /// <summary>The signals it waits for, as JSON.</summary>
    public string? WaitingFor { get; set; }

    /// <summary>What its step kept while it awaits signals, as JSON.</summary>
    public string? Snapshot { get; set; }

    /// <summary>What arrived for its step that awaited signals, as JSON.</summary>
    public string? Resumption { get; set; }

    /// <summary>The next moment the engine must look at it; null when it waits for none. Once it is woken, when to wake it again.</summary>
    public DateTimeOffset? WakeAt { get; set; }

    /// <summary>The wait that ends then, as a dispatch id; negative once it is woken.</summary>
    public long? WakeId { get; set; }

    /// <summary>When its wait ends; null when it waits for no moment, and once it is woken, because that moment has come.</summary>
    public DateTimeOffset? WaitsUntil => WakeId > 0 ? WakeAt : null;

    /// <summary>When it started; null for an item whose turn has not come.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When its answer was recorded.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>How it was compensated: <c>done</c>, <c>nothing_to_do</c> or <c>failed</c>; null while it was not.</summary>
    public string? Compensation { get; set; }

    /// <summary>How often it was tried to compensate.</summary>
    public int CompensationAttempts { get; set; }

    /// <summary>The code of the failed compensation.</summary>
    public string? CompensationErrorCode { get; set; }

    /// <summary>The failed compensation in words.</summary>
    public string? CompensationErrorMessage { get; set; }

    /// <summary>When the compensation was first dispatched.</summary>
    public DateTimeOffset? CompensationStartedAt { get; set; }

    /// <summary>When the compensation's answer was recorded.</summary>
    public DateTimeOffset? CompensationCompletedAt { get; set; }
}
