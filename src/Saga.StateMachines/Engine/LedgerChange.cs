using System.Text.Json;
using Saga.Contracts;

namespace Saga.StateMachines.Engine;

/// <summary>What to write into a node's row of the ledger. Its cases are nested, because they are the cases of a closed set.</summary>
/// <param name="Node">The position of the node among all nodes of the run.</param>
/// <param name="At">When it happened.</param>
public abstract record LedgerChange(int Node, DateTimeOffset At)
{
    /// <summary>An item of a map was laid out; its row is born.</summary>
    public sealed record ItemPlanned(int Node, DateTimeOffset At, JsonElement Item) : LedgerChange(Node, At);

    /// <summary>It started; its row is born, but for an item, which has one already.</summary>
    public sealed record NodeStarted(int Node, DateTimeOffset At, int Attempt, JsonElement? Input = null, bool HasRow = false) : LedgerChange(Node, At);

    /// <summary>It never ran and never will; its row is born, unless it had one.</summary>
    public sealed record NodeSkipped(int Node, DateTimeOffset At, bool HasRow) : LedgerChange(Node, At);

    /// <summary>It did its work. It may follow a failure: then the success came late.</summary>
    public sealed record NodeCompleted(int Node, DateTimeOffset At, JsonElement? Output) : LedgerChange(Node, At);

    /// <summary>It did nothing, or is a container in which something failed; an item of a map that collects failures has one as its result.</summary>
    public sealed record NodeFailed(int Node, DateTimeOffset At, string Code, string Message, JsonElement? Result = null) : LedgerChange(Node, At);

    /// <summary>It failed and is not tried again, because the run stopped first. The row tells the failure already.</summary>
    public sealed record NodeGaveUp(int Node, DateTimeOffset At) : LedgerChange(Node, At);

    /// <summary>
    /// It may have done something, and will not say what; or it did, and said something that nobody can go on with. What can be kept of that is its output.
    /// </summary>
    public sealed record NodeUnknown(int Node, DateTimeOffset At, string? Code = null, string? Message = null, JsonElement? Output = null) : LedgerChange(Node, At);

    /// <summary>An attempt failed; attempt <paramref name="NextAttempt"/> starts at <paramref name="WakeAt"/>.</summary>
    public sealed record NodeRetrying(int Node, DateTimeOffset At, int NextAttempt, string Code, string Message, DateTimeOffset WakeAt, long WakeId)
        : LedgerChange(Node, At);

    /// <summary>It waits for signals, for a moment, or for the first of both.</summary>
    public sealed record NodeWaiting(
        int Node, DateTimeOffset At, AwaitedSignals? Signals, DateTimeOffset? WakeAt, long WakeId, JsonElement? Snapshot = null) : LedgerChange(Node, At);

    /// <summary>It was told to execute again: a further attempt, or one that goes on with what arrived.</summary>
    public sealed record NodeResumed(int Node, DateTimeOffset At, int Attempt, StepResumption? Resumption = null) : LedgerChange(Node, At);

    /// <summary>It was told to compensate.</summary>
    public sealed record CompensationStarted(int Node, DateTimeOffset At, int Attempt) : LedgerChange(Node, At);

    /// <summary>An attempt to compensate it failed; attempt <paramref name="NextAttempt"/> starts at <paramref name="WakeAt"/>.</summary>
    public sealed record CompensationRetrying(
        int Node, DateTimeOffset At, int NextAttempt, string Code, string Message, DateTimeOffset WakeAt, long WakeId) : LedgerChange(Node, At);

    /// <summary>Nothing of it is left.</summary>
    public sealed record NodeCompensated(int Node, DateTimeOffset At, bool NothingToDo) : LedgerChange(Node, At);

    /// <summary>It could not be compensated.</summary>
    public sealed record CompensationFailed(int Node, DateTimeOffset At, string Code, string Message) : LedgerChange(Node, At);
}
