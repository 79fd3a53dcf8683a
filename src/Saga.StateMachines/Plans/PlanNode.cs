using System.Collections.Immutable;

namespace Saga.StateMachines.Plans;

/// <summary>A node of a plan: a command to the workers of <paramref name="Step"/>.</summary>
/// <param name="Index">Its position in the plan, from 0.</param>
/// <param name="Name">Its name, unique within the plan.</param>
/// <param name="Step">The step that does its work.</param>
/// <param name="DependsOn">The positions of the nodes that must be completed before it starts, ascending. All are smaller than its own.</param>
public sealed record PlanNode(int Index, string Name, string Step, ImmutableArray<int> DependsOn);
