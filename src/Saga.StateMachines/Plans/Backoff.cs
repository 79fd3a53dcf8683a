namespace Saga.StateMachines.Plans;

/// <summary>How the waits between attempts grow.</summary>
public enum Backoff
{
    /// <summary>Each is twice the one before.</summary>
    Exponential,

    /// <summary>Each is longer than the one before by the first.</summary>
    Linear,

    /// <summary>All are the same.</summary>
    Fixed,
}
