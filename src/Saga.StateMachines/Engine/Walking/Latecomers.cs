using System.Collections.Frozen;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine.Walking;

/// <summary>
/// Nodes that said they failed and then, during the walk back, that they succeeded. Nodes between a latecomer and an early node may be
/// compensated already, so looking at direct dependents would let the early node overtake the latecomer. A latecomer is known by its execute
/// dispatch, which is kept until it is compensated: execute dispatches stand first in the list, so finding none is quick.
/// </summary>
internal static class Latecomers
{
    /// <summary>Every node depended on, directly or not, by a latecomer that is compensated or is still to be.</summary>
    public static IReadOnlySet<int> HoldBack(RunDraft run)
    {
        HashSet<int>? held = null;
        foreach (var dispatch in run.Dispatches)
        {
            if (dispatch.Kind != DispatchKind.Execute)
            {
                break;
            }

            if (StatusSets.IsCompensable(run.Nodes[dispatch.Node]) || run.Nodes[dispatch.Node] is NodeStatus.Compensating or NodeStatus.CompensationRetrying)
            {
                for (var node = dispatch.Node; node >= 0; node = run.Shape.PlaceOf(node).Parent)
                {
                    AddWhatComesBefore(run, node, held ??= []);
                }
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

    private static void AddWhatComesBefore(RunDraft run, int node, HashSet<int> held)
    {
        var place = run.Shape.PlaceOf(node);
        if (place.Block is { } block && place.Node.Index == 0 && run.Shape.NodeAt(block.Owner) is LoopNode)
        {
            // The iterations before this one.
            held.UnionWith(run.SeriesOf(block.Owner).TakeWhile(iteration => iteration != node));
        }

        var toVisit = new Stack<int>([node]);
        while (toVisit.TryPop(out var visited))
        {
            var at = run.Shape.PlaceOf(visited);
            foreach (var dependency in at.Node.DependsOn)
            {
                if (held.Add(at.Base + dependency))
                {
                    toVisit.Push(at.Base + dependency);
                }
            }
        }
    }
}
