namespace Saga.StateMachines.Engine;

/// <summary>What a step is told to do.</summary>
public enum DispatchKind
{
    /// <summary>To do its work.</summary>
    Execute,

    /// <summary>To make it as if it had not done its work.</summary>
    Compensate,
}
