using System.Collections.Frozen;

namespace Saga.StateMachines.Engine;

/// <summary>
/// Nodes that said they failed and then, during the walk back, that they succeeded. Nodes between a latecomer and an early node may be
/// compensated already, so looking at direct dependents would let the early node overtake the latecomer. A latecomer is known by its execute
/// dispatch, which is kept until it is compensated: execute dispatches stand first in the list, so finding none is quick.
/// </summary>
internal static class Latecomers
{
    /// <summary>Every node a latecomer in compensation depends on, directly or not.</summary>
    public static IReadOnlySet<int> HoldBack(RunDraft run)
    {
        HashSet<int>? held = null;
        foreach (var dispatch in run.Dispatches)
        {
            if (dispatch.Kind != DispatchKind.Execute)
            {
                break;
            }

            if (run.Nodes[dispatch.Node] == NodeStatus.Compensating)
            {
                AddDependencies(run, dispatch.Node, held ??= []);
            }
        }

        return held ?? (IReadOnlySet<int>)FrozenSet<int>.Empty;
    }

    /// <summary>Drops the execute dispatch kept for that node; false when the node is no latecomer.</summary>
    public static bool Forget(RunDraft run, int node)
    {
        foreach (var dispatch in run.Dispatches)
        {
            if (dispatch.Kind != DispatchKind.Execute)
            {
                return false;
            }

            if (dispatch.Node == node)
            {
                run.Forget(dispatch);
                return true;
            }
        }

        return false;
    }

    private static void AddDependencies(RunDraft run, int node, HashSet<int> held)
    {
        var toVisit = new Stack<int>([node]);
        while (toVisit.TryPop(out var visited))
        {
            foreach (var dependency in run.Plan.Root.Nodes[visited].DependsOn)
            {
                if (held.Add(dependency))
                {
                    toVisit.Push(dependency);
                }
            }
        }
    }
}
