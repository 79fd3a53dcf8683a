namespace Saga.StateMachines.Engine;

/// <summary>What a node's outstanding business is.</summary>
public enum DispatchKind
{
    /// <summary>A step was told to do its work.</summary>
    Execute,

    /// <summary>A step was told to make it as if it had not done its work.</summary>
    Compensate,

    /// <summary>The next attempt to execute starts after a wait.</summary>
    RetryExecution,

    /// <summary>The next attempt to compensate starts after a wait.</summary>
    RetryCompensation,

    /// <summary>A moment or signals are waited for.</summary>
    Wait,

    /// <summary>A child run was started.</summary>
    RunChild,

    /// <summary>A child run was told to roll back.</summary>
    RollBackChild,
}
