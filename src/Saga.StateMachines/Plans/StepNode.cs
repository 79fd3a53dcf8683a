using System.Collections.Immutable;

namespace Saga.StateMachines.Plans;

/// <summary>One command to a step worker.</summary>
/// <param name="Index">Its position in the graph, from 0.</param>
/// <param name="Name">Its name.</param>
/// <param name="Step">The step that does its work.</param>
/// <param name="DependsOn">What must be settled before it starts.</param>
public sealed record StepNode(int Index, string Name, string Step, ImmutableArray<int> DependsOn) : PlanNode(Index, Name, DependsOn)
{
    /// <inheritdoc/>
    public override string Kind => "step";

    /// <summary>What it receives; null is the run's input as it is.</summary>
    public Template? Input { get; init; }

    /// <summary>When an execution that failed for technical reasons is tried again.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.ForExecution;

    /// <summary>How it is compensated.</summary>
    public CompensationPolicy Compensation { get; init; } = CompensationPolicy.Default;
}
