using Saga.StateMachines.Engine.Values;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine.Walking;

/// <summary>
/// What follows when a node fails: the run stops, or only the item of a map that collects failures. Nothing new starts, what is in flight
/// finishes, what only waits is stopped.
/// </summary>
internal sealed class Failures(RunWalk walk)
{
    private RunDraft Run => walk.Run;

    public void Fail(int node, string code, string message)
    {
        var place = Run.Shape.PlaceOf(node);
        Run.Set(node, place.Node.IsContainer && Run.Nodes[node] != NodeStatus.Pending ? NodeStatus.Broken : NodeStatus.Failed);
        Run.Note(new LedgerChange.NodeFailed(node, Run.Now, code, message));
        FailWhatItIsInsideOf(place, code, message);
    }

    /// <summary>What a failed node means for its item or its run.</summary>
    public void FailWhatItIsInsideOf(Place place, string code, string message)
    {
        if (CollectingItemAround(place) is { } item)
        {
            Break(item, code, message);
            return;
        }

        if (!Run.CancelRequested)
        {
            // Only the first failure is the reason; what follows from it is no news.
            var reason = place.Node is StepNode step ? RunReason.StepFailed(step.Step) : RunReason.NodeFailed(code, Run.Shape.NameOf(place.Index));
            Run.Error ??= new RunError(reason, Run.Nodes.LastIndexOf(NodeStatus.Completed));
        }

        StopRun();
    }

    /// <summary>Stops what only waits, and walks back as soon as nothing is in flight.</summary>
    public void StopRun()
    {
        StopWaits(0, Run.Nodes.Count);
        if (Run.Nodes.Contains(NodeStatus.Running))
        {
            CancelChildren(0, Run.Nodes.Count);
        }

        walk.Back.StartWhenNothingRuns();
    }

    /// <summary>A node ended inside of something that has failed: when it was the last, the item is settled.</summary>
    public void SettleItemAround(Place place)
    {
        if (CollectingItemAround(place) is { } item && Run.Nodes[item.Index] == NodeStatus.Broken && !IsAnythingRunningInside(item.Index))
        {
            var map = Run.Shape.PlaceOf(item.Parent);
            if (Run.Nodes[map.Index] == NodeStatus.Open)
            {
                walk.Series.GoOnFromItem(map, (MapNode)map.Node, item);
            }
        }
    }

    public bool IsAnythingRunningInside(int container)
    {
        foreach (var (start, end) in Run.Shape.Inside(container))
        {
            for (var node = start; node < end; node++)
            {
                if (Run.Nodes[node] == NodeStatus.Running)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private Place? CollectingItemAround(Place place)
    {
        for (var outer = place; outer.Parent >= 0;)
        {
            var inner = outer;
            outer = Run.Shape.PlaceOf(outer.Parent);
            if (outer.Node is MapNode { CollectsFailures: true })
            {
                return inner;
            }
        }

        return null;
    }

    private void Break(Place item, string code, string message)
    {
        if (Run.Nodes[item.Index] == NodeStatus.Open)
        {
            var result = JsonMaking.Object(
            [
                new("status", JsonMaking.String("failed")),
                new("error", JsonMaking.Object([new("code", JsonMaking.String(code)), new("message", JsonMaking.String(message))])),
            ]);
            Run.Set(item.Index, NodeStatus.Broken);
            Run.Values.SetOutput(item.Index, result);
            Run.Note(new LedgerChange.NodeFailed(item.Index, Run.Now, code, message, result));
            foreach (var (start, end) in Run.Shape.Inside(item.Index))
            {
                StopWaits(start, end);
                CancelChildren(start, end);
                CloseOff(start, end, code, message);
            }
        }

        SettleItemAround(item);
    }

    private void CloseOff(int start, int end, string code, string message)
    {
        for (var node = start; node < end; node++)
        {
            if (Run.Nodes[node] == NodeStatus.Open)
            {
                Run.Set(node, NodeStatus.Broken);
                Run.Note(new LedgerChange.NodeFailed(node, Run.Now, code, message));
            }
            else if (Run.Nodes[node] == NodeStatus.Pending)
            {
                Run.Set(node, NodeStatus.Skipped);
                Run.Note(new LedgerChange.NodeSkipped(node, Run.Now, HasRow: Run.Shape.NodeAt(node) is ScopeNode { Of: ScopeKind.Item }));
            }
        }
    }

    private void StopWaits(int start, int end)
    {
        if (!Run.Nodes.ContainsAny(StatusSets.Resting, start, end))
        {
            return;
        }

        for (var node = start; node < end; node++)
        {
            if (Run.Nodes[node] == NodeStatus.Retrying)
            {
                Stop(node, NodeStatus.Failed, new LedgerChange.NodeGaveUp(node, Run.Now));
            }
            else if (Run.Nodes[node] == NodeStatus.Waiting)
            {
                if (Run.Shape.NodeAt(node) is StepNode)
                {
                    // It began, and its worker alone knows how far it came.
                    Run.Awaits = Run.Awaits.RemoveAll(awaited => awaited.Node == node);
                    Stop(node, NodeStatus.Unknown, new LedgerChange.NodeUnknown(node, Run.Now));
                }
                else
                {
                    Stop(node, NodeStatus.Skipped, new LedgerChange.NodeSkipped(node, Run.Now, HasRow: true));
                }
            }
        }
    }

    private void Stop(int node, NodeStatus status, LedgerChange change)
    {
        Run.Set(node, status);
        Run.ForgetAll(node);
        Run.Note(change);
    }

    /// <summary>A child may wait for days; what it did is taken back anyway.</summary>
    private void CancelChildren(int start, int end)
    {
        foreach (var dispatch in Run.Outstanding)
        {
            if (dispatch.Kind == DispatchKind.RunChild && dispatch.Node >= start && dispatch.Node < end && Run.Nodes[dispatch.Node] == NodeStatus.Running)
            {
                Run.CancelChild(dispatch.Node);
            }
        }
    }
}
