namespace Saga.StateMachines.Persistence;

/// <summary>What happened at one node of a run. A row is born when the node is first dispatched.</summary>
public sealed class LedgerRow
{
    /// <summary>The run.</summary>
    public Guid RunId { get; set; }

    /// <summary>The node's position in the plan, from 0.</summary>
    public int NodeIndex { get; set; }

    /// <summary>The node's name.</summary>
    public string Name { get; set; } = null!;

    /// <summary>The step's name.</summary>
    public string Step { get; set; } = null!;

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

    /// <summary>When it was first dispatched.</summary>
    public DateTimeOffset StartedAt { get; set; }

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
