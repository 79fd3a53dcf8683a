namespace Saga.StateMachines.Definitions;

/// <summary>A body with a value at hand, which is the input of every step that is given none.</summary>
/// <typeparam name="TValue">Its type: that of the plan's input, of a map's item, or of what a loop feeds back.</typeparam>
public abstract class Body<TValue> : Body
{
    private protected Body(PlanRoot root, Node? owner)
        : base(root, owner)
    {
    }

    /// <summary>Adds a step that receives the value at hand as it is.</summary>
    /// <typeparam name="TOutput">What the step returns.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="step">The step.</param>
    public PlannedStep<TOutput> Step<TOutput>(string name, StepReference<TValue, TOutput> step) => Add(new PlannedStep<TOutput>(this, name, step.Name, input: null));
}
