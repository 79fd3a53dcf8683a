using System.Collections.Immutable;

namespace Saga.StateMachines.Plans;

/// <summary>Runs its body again and again, feeding back its output.</summary>
public sealed record LoopNode(int Index, string Name, ImmutableArray<int> DependsOn) : PlanNode(Index, Name, DependsOn)
{
    /// <inheritdoc/>
    public override string Kind => "loop";

    /// <inheritdoc/>
    public override bool IsContainer => true;

    /// <summary>What the first iteration sees as the output of the one before.</summary>
    public required Template Initial { get; init; }

    /// <summary>Ends the loop when truthy, looked at after each iteration and with its eyes; null never ends it.</summary>
    public Template.Rule? Until { get; init; }

    /// <summary>The most iterations, from 1.</summary>
    public required int MaxIterations { get; init; }

    /// <summary>Whether having made all iterations is a failure.</summary>
    public required bool FailsAtMaxIterations { get; init; }

    /// <summary>The graph of an iteration, as <see cref="PlanGraph.Id"/>. Its node 0 is the <see cref="ScopeKind.Iteration"/> everything else is inside of.</summary>
    public required int Body { get; init; }
}
