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

    // An item is settled once, however many of its nodes end while one event is applied.
    private readonly HashSet<int> _settledItems = [];

    public void Fail(int node, string code, string message)
    {
        var place = Run.Shape.PlaceOf(node);
        if (IsCollectingItem(place))
        {
            Break(place, code, message);
            return;
        }

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

    /// <summary>Stops what only waits.</summary>
    public void StopRun()
    {
        StopWaits(0, Run.Nodes.Count);
        if (Run.Nodes.Contains(NodeStatus.Running))
        {
            CancelChildren(0, Run.Nodes.Count);
        }
    }

    /// <summary>A node ended inside of something that has failed: when it was the last, the item is settled.</summary>
    public void SettleItemsAround(Place place)
    {
        // The map of the nearest item may have failed with an item further out, which waits for the node as well.
        for (var item = CollectingItemAround(place); item is not null; item = CollectingItemAround(Run.Shape.PlaceOf(item.Parent)))
        {
            if (IsAnythingRunningInside(item.Index))
            {
                return;
            }

            if (Run.Nodes[item.Index] == NodeStatus.Broken && Run.Nodes[item.Parent] == NodeStatus.Open && _settledItems.Add(item.Index))
            {
                walk.Forward.GoOnBehind(item.Index);
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

    private bool IsCollectingItem(Place place) => place.Node.Parent < 0 && place.Parent >= 0 && Run.Shape.NodeAt(place.Parent) is MapNode { CollectsFailures: true };

    private Place? CollectingItemAround(Place place)
    {
        for (var at = place; at.Parent >= 0; at = Run.Shape.PlaceOf(at.Parent))
        {
            if (IsCollectingItem(at))
            {
                return at;
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

        SettleItemsAround(item);
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

        var stopped = new HashSet<int>();
        for (var node = start; node < end; node++)
        {
            if (Run.Nodes[node] == NodeStatus.Retrying)
            {
                Stop(node, NodeStatus.Failed, new LedgerChange.NodeGaveUp(node, Run.Now));
            }
            else if (Run.Nodes[node] == NodeStatus.Waiting && Run.Shape.NodeAt(node) is StepNode)
            {
                // It began, and its worker alone knows how far it came.
                Stop(node, NodeStatus.Unknown, new LedgerChange.NodeUnknown(node, Run.Now));
            }
            else if (Run.Nodes[node] == NodeStatus.Waiting)
            {
                Stop(node, NodeStatus.Skipped, new LedgerChange.NodeSkipped(node, Run.Now, HasRow: true));
            }
        }

        Run.ForgetAll(stopped);

        void Stop(int node, NodeStatus status, LedgerChange change)
        {
            Run.Set(node, status);
            Run.Note(change);
            stopped.Add(node);
        }
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
