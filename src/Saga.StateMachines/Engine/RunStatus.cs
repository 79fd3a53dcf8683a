namespace Saga.StateMachines.Engine;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>Accepted and stored, not begun.</summary>
    Pending,

    /// <summary>Walking forward, or waiting for the steps in flight before it walks back.</summary>
    Running,

    /// <summary>Walking back.</summary>
    Compensating,

    /// <summary>Ended: every node completed. It can still be rolled back.</summary>
    Completed,

    /// <summary>Ended: everything that happened was compensated.</summary>
    RolledBack,

    /// <summary>Ended: something could not be compensated.</summary>
    Failed,
}
