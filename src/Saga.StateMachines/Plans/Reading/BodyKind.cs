namespace Saga.StateMachines.Plans.Reading;

/// <summary>What a list of nodes is.</summary>
internal enum BodyKind
{
    /// <summary>The plan, or that of a child: nothing is outside.</summary>
    Plan,

    /// <summary>A branch of a route. Inside it everything is as outside.</summary>
    Branch,

    /// <summary>What a map does for each item.</summary>
    Item,

    /// <summary>What a loop does again and again.</summary>
    Iteration,

    /// <summary>An inlined plan. What is outside is out of sight.</summary>
    Subsaga,
}
