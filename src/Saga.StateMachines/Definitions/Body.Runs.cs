using System.Linq.Expressions;
using System.Text.Json;

namespace Saga.StateMachines.Definitions;

/// <content>Other runs and plans.</content>
public abstract partial class Body
{
    /// <summary>Adds a child: another run with its own ledger, awaited. Its failure fails the node.</summary>
    /// <typeparam name="TInput">The child's input.</typeparam>
    /// <typeparam name="TOutput">What the child returns.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="run">A definition, whose version is asked for, or a <see cref="RunReference{TInput, TOutput}"/>.</param>
    /// <param name="input">Its input.</param>
    public PlannedChild<TOutput> Child<TInput, TOutput>(string name, IRunContract<TInput, TOutput> run, Expression<Func<TInput>> input) =>
        Add(new PlannedChild<TOutput>(this, name, (run.Kind, run.PinnedVersion), input, settled: false));

    /// <summary>Adds a child by the class of its definition, whose version is asked for. Its failure fails the node.</summary>
    /// <typeparam name="TDefinition">The definition's class.</typeparam>
    /// <typeparam name="TInput">The child's input.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="input">Its input.</param>
    public PlannedChild<JsonElement> Child<TDefinition, TInput>(string name, Expression<Func<TInput>> input)
        where TDefinition : RunDefinition<TInput>, new() =>
        Child(name, new TDefinition(), input);

    /// <summary>Adds a child that is awaited but need not complete: the output tells how it ended.</summary>
    /// <typeparam name="TInput">The child's input.</typeparam>
    /// <typeparam name="TOutput">What the child returns when it completes.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="run">A definition, whose version is asked for, or a <see cref="RunReference{TInput, TOutput}"/>.</param>
    /// <param name="input">Its input.</param>
    public PlannedChild<ChildOutcome<TOutput>> ChildSettled<TInput, TOutput>(string name, IRunContract<TInput, TOutput> run, Expression<Func<TInput>> input) =>
        Add(new PlannedChild<ChildOutcome<TOutput>>(this, name, (run.Kind, run.PinnedVersion), input, settled: true));

    /// <summary>Adds the plan of another definition as a part of this one. The definition need not be registered.</summary>
    /// <typeparam name="TInput">Its input.</typeparam>
    /// <typeparam name="TOutput">What it returns.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="definition">The definition.</param>
    /// <param name="input">Its input.</param>
    public PlannedSubsaga<TOutput> Subsaga<TInput, TOutput>(string name, RunDefinition<TInput, TOutput> definition, Expression<Func<TInput>> input) =>
        Add(new PlannedSubsaga<TOutput>(this, name, definition.Document, input));

    /// <summary>Adds the plan of another definition as a part of this one. The definition need not be registered.</summary>
    /// <typeparam name="TInput">Its input.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="definition">The definition.</param>
    /// <param name="input">Its input.</param>
    public PlannedSubsaga<JsonElement> Subsaga<TInput>(string name, RunDefinition<TInput> definition, Expression<Func<TInput>> input) =>
        Add(new PlannedSubsaga<JsonElement>(this, name, definition.Document, input));
}
