namespace Saga.StateMachines.Engine;

/// <summary>Why an event changed nothing.</summary>
public enum IgnoredBecause
{
    /// <summary>The run has ended.</summary>
    RunEnded,

    /// <summary>The run began before.</summary>
    AlreadyBegun,

    /// <summary>The run was cancelled before.</summary>
    AlreadyCancelled,

    /// <summary>A step failed, so the run is about to walk back anyway.</summary>
    AlreadyFailing,

    /// <summary>The run walks back anyway.</summary>
    AlreadyCompensating,

    /// <summary>Only a completed run can be rolled back.</summary>
    NotCompleted,

    /// <summary>A child is rolled back with its parent.</summary>
    ChildOfRun,

    /// <summary>The plan has no node of that name.</summary>
    UnknownNode,

    /// <summary>The dispatch was answered before; the first answer counts.</summary>
    Duplicate,

    /// <summary>The answer is to no dispatch of this node, or to one that was not made.</summary>
    StaleDispatch,

    /// <summary>A signal with that key was received before.</summary>
    DuplicateSignal,

    /// <summary>The moment the node waits for has not come.</summary>
    TooEarly,

    /// <summary>More signals wait to be taken than a run keeps.</summary>
    InboxFull,

    /// <summary>The event is of a kind the engine does not know.</summary>
    UnknownEvent,
}
