namespace Saga.StateMachines.Engine;

/// <summary>Where a node stands. Stored as a letter (<see cref="NodeStates"/>), so the order may change, but at most 256 fit.</summary>
public enum NodeStatus
{
    /// <summary>Not started.</summary>
    Pending,

    /// <summary>Its step was told to execute and has not answered, or its child run has not ended.</summary>
    Running,

    /// <summary>It did its work.</summary>
    Completed,

    /// <summary>It says that it did nothing. A late success still counts.</summary>
    Failed,

    /// <summary>Its step was told to compensate and has not answered, or its child run was told to roll back and has not ended.</summary>
    Compensating,

    /// <summary>Nothing of it is left.</summary>
    Compensated,

    /// <summary>It could not be compensated: something of it may be left.</summary>
    CompensationFailed,

    /// <summary>It never ran and never will.</summary>
    Skipped,

    /// <summary>It waits for a moment or for signals.</summary>
    Waiting,

    /// <summary>An attempt failed; the next one starts after a wait.</summary>
    Retrying,

    /// <summary>It may have done something, and will not say what: it is compensated like one that ran.</summary>
    Unknown,

    /// <summary>An attempt to compensate it failed; the next one starts after a wait.</summary>
    CompensationRetrying,

    /// <summary>A container in which nodes run.</summary>
    Open,

    /// <summary>A container that failed while nodes inside of it had done their work.</summary>
    Broken,

    /// <summary>A container in which nodes are compensated.</summary>
    Unwinding,
}
