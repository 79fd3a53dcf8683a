using System.Text.Json;

namespace Saga.StateMachines.Engine;

/// <summary>What to write into a node's row of the ledger.</summary>
/// <param name="Node">The position of the node in its plan.</param>
/// <param name="At">When it happened.</param>
public abstract record LedgerChange(int Node, DateTimeOffset At)
{
    /// <summary>Its step was told to execute.</summary>
    public sealed record NodeStarted(int Node, DateTimeOffset At, int Attempt) : LedgerChange(Node, At);

    /// <summary>Its step did its work. It may follow a failure: then the success came late.</summary>
    public sealed record NodeCompleted(int Node, DateTimeOffset At, JsonElement? Output) : LedgerChange(Node, At);

    /// <summary>Its step did nothing.</summary>
    public sealed record NodeFailed(int Node, DateTimeOffset At, string Code, string Message) : LedgerChange(Node, At);

    /// <summary>Its step was told to compensate.</summary>
    public sealed record CompensationStarted(int Node, DateTimeOffset At, int Attempt) : LedgerChange(Node, At);

    /// <summary>Nothing of it is left.</summary>
    public sealed record NodeCompensated(int Node, DateTimeOffset At, bool NothingToDo) : LedgerChange(Node, At);

    /// <summary>It could not be compensated.</summary>
    public sealed record CompensationFailed(int Node, DateTimeOffset At, string Code, string Message) : LedgerChange(Node, At);
}
