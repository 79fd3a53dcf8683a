using System.Text.Json;

namespace Saga.StateMachines.Definitions;

/// <summary>A definition as a class. Lambdas in it are translated into the plan document when it is built; none of them is ever called.</summary>
/// <typeparam name="TInput">The input of its runs, as JSON with the web defaults of System.Text.Json.</typeparam>
public abstract class RunDefinition<TInput> : RunDefinition, IRunContract<TInput, JsonElement>
{
    int? IRunContract<TInput, JsonElement>.PinnedVersion => Version;

    /// <summary>Describes the plan: its nodes, and with <see cref="Body.Returns{TOutput}"/> what it returns.</summary>
    protected abstract void Build(PlanBuilder<TInput> plan);

    /// <inheritdoc/>
    protected sealed override JsonElement CreateDocument()
    {
        var plan = new PlanBuilder<TInput>(this);
        Build(plan);
        return plan.ToDocument();
    }
}

/// <summary>A definition whose result is typed, so that a parent can use it: see <see cref="RunDefinition{TInput}"/>.</summary>
/// <typeparam name="TInput">The input of its runs.</typeparam>
/// <typeparam name="TOutput">What its runs return.</typeparam>
public abstract class RunDefinition<TInput, TOutput> : RunDefinition, IRunContract<TInput, TOutput>
{
    int? IRunContract<TInput, TOutput>.PinnedVersion => Version;

    /// <summary>Describes the plan and gives its result: a node, or what <see cref="Body.Returns{TOutput}"/> gives.</summary>
    protected abstract IResult<TOutput> Build(PlanBuilder<TInput> plan);

    /// <inheritdoc/>
    protected sealed override JsonElement CreateDocument()
    {
        var plan = new PlanBuilder<TInput>(this);
        plan.Take(Build(plan));
        return plan.ToDocument();
    }
}
