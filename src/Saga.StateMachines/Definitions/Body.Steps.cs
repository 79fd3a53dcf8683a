using System.Linq.Expressions;

namespace Saga.StateMachines.Definitions;

/// <content>Steps and values.</content>
public abstract partial class Body
{
    /// <summary>Adds a step.</summary>
    /// <typeparam name="TInput">What the step receives.</typeparam>
    /// <typeparam name="TOutput">What the step returns.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="step">The step.</param>
    /// <param name="input">Its input. What it reads of other nodes makes it wait for them.</param>
    public PlannedStep<TOutput> Step<TInput, TOutput>(string name, StepReference<TInput, TOutput> step, Expression<Func<TInput>> input) =>
        Add(new PlannedStep<TOutput>(this, name, step.Name, input));

    /// <summary>Adds a step that receives the value at hand: the plan's input, the item of a map, what a loop feeds back.</summary>
    /// <typeparam name="TOutput">What the step returns.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="step">The step.</param>
    public PlannedStep<TOutput> Step<TOutput>(string name, StepReference<TOutput> step) => Add(new PlannedStep<TOutput>(this, name, step.Name, input: null));

    /// <summary>Adds a value known beforehand.</summary>
    /// <typeparam name="TValue">Its type.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="value">The value. It is written as JSON at once, and references in it mean nothing.</param>
    public PlannedConstant<TValue> Constant<TValue>(string name, TValue value) => Add(new PlannedConstant<TValue>(this, name, value));

    /// <summary>
    /// Adds a value computed from others without a worker. It gives a name to what is used often, and carries the item of a map or the state of a loop
    /// into a map or loop inside of it.
    /// </summary>
    /// <typeparam name="TValue">Its type.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="value">The value.</param>
    public PlannedValue<TValue> Value<TValue>(string name, Expression<Func<TValue>> value) => Add(new PlannedValue<TValue>(this, name, value));
}
