namespace Saga.StateMachines.Engine;

/// <summary>Where a node stands. Stored as a letter (<see cref="NodeStates"/>), so the order may change, but at most 256 fit.</summary>
public enum NodeStatus
{
    /// <summary>Not started.</summary>
    Pending,

    /// <summary>Its step was told to execute and has not answered.</summary>
    Running,

    /// <summary>Its step did its work.</summary>
    Completed,

    /// <summary>Its step says that it did nothing. A late success still counts.</summary>
    Failed,

    /// <summary>Its step was told to compensate and has not answered.</summary>
    Compensating,

    /// <summary>Nothing of it is left.</summary>
    Compensated,

    /// <summary>It could not be compensated: something of it may be left.</summary>
    CompensationFailed,
}
