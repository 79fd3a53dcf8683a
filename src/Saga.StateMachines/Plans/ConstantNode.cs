using System.Collections.Immutable;
using System.Text.Json;

namespace Saga.StateMachines.Plans;

/// <summary>A value known beforehand. It never reaches a worker.</summary>
public sealed record ConstantNode(int Index, string Name, JsonElement Value, ImmutableArray<int> DependsOn) : PlanNode(Index, Name, DependsOn)
{
    /// <inheritdoc/>
    public override string Kind => "constant";
}
