namespace Saga.StateMachines.Plans;

/// <summary>What follows when signals did not come in time.</summary>
public enum SignalTimeout
{
    /// <summary>The node fails.</summary>
    Fail,

    /// <summary>The node completes with what came.</summary>
    Continue,

    /// <summary>The node completes with what came, or with a value of the plan when nothing did.</summary>
    Default,
}
