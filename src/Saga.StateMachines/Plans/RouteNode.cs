using System.Collections.Immutable;

namespace Saga.StateMachines.Plans;

/// <summary>Runs one of its branches and skips the others. The branches are <see cref="ScopeNode"/>s right inside of it.</summary>
/// <param name="Index">Its position in the graph, from 0.</param>
/// <param name="Name">Its name.</param>
/// <param name="Cases">Looked at in order: the first whose condition is truthy is chosen.</param>
/// <param name="Default">The position of the branch to run when no case is chosen, or -1: then all are skipped.</param>
/// <param name="DependsOn">What must be settled before it starts.</param>
public sealed record RouteNode(int Index, string Name, ImmutableArray<RouteCase> Cases, int Default, ImmutableArray<int> DependsOn)
    : PlanNode(Index, Name, DependsOn)
{
    /// <inheritdoc/>
    public override string Kind => "route";

    /// <inheritdoc/>
    public override bool IsContainer => true;
}
