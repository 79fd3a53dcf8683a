using System.Collections.Immutable;

namespace Saga.StateMachines.Plans;

/// <summary>Runs the nodes inside of it; its output is theirs.</summary>
/// <param name="Index">Its position in the graph, from 0.</param>
/// <param name="Name">Its name.</param>
/// <param name="Of">What it is part of.</param>
/// <param name="DependsOn">What must be settled before it starts.</param>
public sealed record ScopeNode(int Index, string Name, ScopeKind Of, ImmutableArray<int> DependsOn) : PlanNode(Index, Name, DependsOn)
{
    /// <inheritdoc/>
    public override string Kind => Of switch
    {
        ScopeKind.Branch => "branch",
        ScopeKind.Item => "item",
        ScopeKind.Iteration => "iteration",
        _ => "subsaga",
    };

    /// <inheritdoc/>
    public override bool IsContainer => true;

    /// <summary>What the nodes inside see as the input: only a subsaga has one of its own.</summary>
    public Template? Input { get; init; }

    /// <summary>What it returns; null is the output of <see cref="Leaf"/>.</summary>
    public Template? Output { get; init; }

    /// <summary>The position of the only node inside on which no other depends, or -1 when there are several: then the output is null.</summary>
    public int Leaf { get; init; } = -1;
}
