using System.Collections.Immutable;

namespace Saga.StateMachines.Plans;

/// <summary>Waits without occupying anything.</summary>
public sealed record SleepNode(int Index, string Name, ImmutableArray<int> DependsOn) : PlanNode(Index, Name, DependsOn)
{
    /// <inheritdoc/>
    public override string Kind => "sleep";

    /// <summary>How long: an ISO 8601 duration. Null when <see cref="Until"/> is given.</summary>
    public Template? For { get; init; }

    /// <summary>Until when: an RFC 3339 moment. Null when <see cref="For"/> is given.</summary>
    public Template? Until { get; init; }
}
