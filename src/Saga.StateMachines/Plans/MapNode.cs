using System.Collections.Immutable;

namespace Saga.StateMachines.Plans;

/// <summary>Runs its body for each element of a list that is known only when it starts.</summary>
public sealed record MapNode(int Index, string Name, ImmutableArray<int> DependsOn) : PlanNode(Index, Name, DependsOn)
{
    /// <inheritdoc/>
    public override string Kind => "map";

    /// <inheritdoc/>
    public override bool IsContainer => true;

    /// <summary>The list.</summary>
    public required Template Over { get; init; }

    /// <summary>How many items are under way at once, from 1.</summary>
    public int MaxConcurrency { get; init; } = int.MaxValue;

    /// <summary>When true, an item's failure is its result; otherwise it fails the run.</summary>
    public bool CollectsFailures { get; init; }

    /// <summary>The graph of an item, as <see cref="PlanGraph.Id"/>. Its node 0 is the <see cref="ScopeKind.Item"/> everything else is inside of.</summary>
    public required int Body { get; init; }
}
