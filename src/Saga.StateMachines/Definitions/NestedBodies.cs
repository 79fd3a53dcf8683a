using Saga.StateMachines.Definitions.Translation;

namespace Saga.StateMachines.Definitions;

/// <summary>The body of a branch of a route. It has no value of its own: a step without input receives what it would outside.</summary>
public sealed class BranchBody : Body
{
    internal BranchBody(Node owner)
        : base(owner.Body.Root, owner)
    {
    }
}

/// <summary>The body of a map, run for each element of its list.</summary>
/// <typeparam name="TItem">The type of the elements.</typeparam>
public sealed class ItemBody<TItem> : Body<TItem>
{
    internal ItemBody(Node owner)
        : base(owner.Body.Root, owner)
    {
    }

    /// <summary>The element, for use inside lambdas.</summary>
    /// <exception cref="PlanDefinitionException">It was read outside of a lambda.</exception>
    [Handle("item")]
    public TItem Item => throw Handle.ReadTooEarly($"the item of map `{Owner!.Name}`");

    /// <summary>The position of the element in its list, from 0, for use inside lambdas.</summary>
    /// <exception cref="PlanDefinitionException">It was read outside of a lambda.</exception>
    [Handle("index")]
    public int Index => throw Handle.ReadTooEarly($"the index of map `{Owner!.Name}`");
}

/// <summary>The body of a loop.</summary>
/// <typeparam name="TState">What an iteration returns and the next one receives.</typeparam>
public sealed class IterationBody<TState> : Body<TState>
{
    internal IterationBody(Node owner)
        : base(owner.Body.Root, owner)
    {
    }

    /// <summary>What the iteration before returned, in the first one the initial value, for use inside lambdas.</summary>
    /// <exception cref="PlanDefinitionException">It was read outside of a lambda.</exception>
    [Handle("previous")]
    public TState Previous => throw Handle.ReadTooEarly($"the previous value of loop `{Owner!.Name}`");

    /// <summary>The number of the iteration, from 0, for use inside lambdas.</summary>
    /// <exception cref="PlanDefinitionException">It was read outside of a lambda.</exception>
    [Handle("iteration")]
    public int Iteration => throw Handle.ReadTooEarly($"the iteration of loop `{Owner!.Name}`");
}
