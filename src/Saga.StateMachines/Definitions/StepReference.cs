using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Definitions;

/// <summary>
/// The contract of a step: its name with the types it takes and gives. A value, so that the orchestrator needs no code of the worker that hosts the step.
/// </summary>
/// <typeparam name="TInput">What the step receives, as JSON with the web defaults of System.Text.Json.</typeparam>
/// <typeparam name="TOutput">What it returns.</typeparam>
public sealed record StepReference<TInput, TOutput>
{
    /// <summary>Refers to a step by its name.</summary>
    /// <exception cref="ArgumentException">The name breaks the rule of <see cref="StepNames"/>.</exception>
    public StepReference(string name) => Name = StepReferenceName.Checked(name);

    /// <summary>The name under which workers announce the step.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>The contract of a step that takes whatever value is at hand: the plan's input, the item of a map, what a loop feeds back.</summary>
/// <typeparam name="TOutput">What it returns.</typeparam>
public sealed record StepReference<TOutput>
{
    /// <summary>Refers to a step by its name.</summary>
    /// <exception cref="ArgumentException">The name breaks the rule of <see cref="StepNames"/>.</exception>
    public StepReference(string name) => Name = StepReferenceName.Checked(name);

    /// <summary>The name under which workers announce the step.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

internal static class StepReferenceName
{
    public static string Checked(string name) => StepNames.IsValid(name)
        ? name
        : throw new ArgumentException($"A reference to a step has the name `{name}`. {StepNames.Rule} Correct the name.", nameof(name));
}
