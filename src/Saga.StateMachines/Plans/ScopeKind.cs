namespace Saga.StateMachines.Plans;

/// <summary>What a <see cref="ScopeNode"/> is part of.</summary>
public enum ScopeKind
{
    /// <summary>Another plan, inlined.</summary>
    Subsaga,

    /// <summary>A branch of a route.</summary>
    Branch,

    /// <summary>An item of a map: node 0 of the map's body.</summary>
    Item,

    /// <summary>An iteration of a loop: node 0 of the loop's body.</summary>
    Iteration,
}
