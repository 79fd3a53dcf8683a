using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine.Walking;

/// <summary>A node is compensated when every node that depended on it is settled; independent nodes are compensated at once.</summary>
internal sealed class WalkBack(RunWalk walk)
{
    // What needs no command is settled as it starts, and there may be thousands of such nodes in a row.
    private readonly Queue<int> _settled = new();
    private IReadOnlySet<int>? _held;

    private RunDraft Run => walk.Run;

    /// <summary>Nodes that must wait for a latecomer.</summary>
    private IReadOnlySet<int> Held => _held ??= Latecomers.HoldBack(Run);

    /// <summary>The steps in flight finish first: what they do has to be compensated too.</summary>
    public void StartWhenNothingRuns()
    {
        if (Run.Status == RunStatus.Running && !Run.IsIncomplete && !Run.Nodes.Contains(NodeStatus.Running))
        {
            Start(Run.Error?.Reason ?? RunReason.Cancelled);
        }
    }

    public void Start(string reason)
    {
        Run.Status = RunStatus.Compensating;
        Run.Error = new RunError(reason, Run.Nodes.LastIndexOf(NodeStatus.Completed));
        CompensateInside(container: -1, new Place(Run.Plan.Root, 0, Run.Plan.Root.Nodes[0], Block: null), 0, Run.Plan.Root.Nodes.Length);
        GoOn();
    }

    /// <summary>It did run after all, so it is compensated now, and whatever it depends on waits for it.</summary>
    public void TakeLatecomer(int node)
    {
        if (!IsReached(node))
        {
            // What depended on it, or on what it is inside of, goes first; it is found when its turn has come.
            return;
        }

        for (var outer = Run.Shape.PlaceOf(node).Parent; outer >= 0; outer = Run.Shape.PlaceOf(outer).Parent)
        {
            if (Run.Nodes[outer] is not NodeStatus.Unwinding)
            {
                Run.Set(outer, NodeStatus.Unwinding);
                Run.Note(new LedgerChange.CompensationStarted(outer, Run.Now, RunDraft.FirstAttempt));
            }
        }

        if (!IsHeld(node))
        {
            walk.Compensations.Compensate(Run.Shape.PlaceOf(node));
        }

        // Otherwise another latecomer, which depends on it, goes first.
        _held = null;
        GoOn();
    }

    /// <summary>The node has nothing more to do with the walk back: goes on with what waited for it.</summary>
    public void Settle(int node) => _settled.Enqueue(node);

    public void GoOn()
    {
        while (_settled.TryDequeue(out var node))
        {
            GoOnFrom(node);
        }

        EndWhenNothingIsLeft();
    }

    /// <summary>Begins with what is right inside of a container, from the back.</summary>
    public void CompensateInside(int container, Place place, int start, int end)
    {
        for (var node = end - 1; node >= start; node--)
        {
            if (place.Graph.Nodes[node].Parent == (container < 0 ? -1 : container - place.Base))
            {
                CompensateIfItMayBe(place, node);
            }
        }
    }

    /// <summary>Begins with as many items or iterations as may be under way at once, from the last.</summary>
    public void CompensateSeries(int owner)
    {
        var window = Run.Shape.NodeAt(owner) is MapNode map ? map.MaxConcurrency : 1;
        foreach (var item in Run.SeriesFromTheBackOf(owner))
        {
            if (StatusSets.IsCompensable(Run.Nodes[item]) && !IsHeld(item))
            {
                walk.Compensations.Compensate(Run.Shape.PlaceOf(item));
                window--;
            }
            else if (Run.Nodes[item] == NodeStatus.Unwinding)
            {
                window--;
            }

            if (window <= 0)
            {
                return;
            }
        }
    }

    /// <summary>Nothing is left of a container when nothing is left of what is inside of it.</summary>
    public void SettleWhenNothingIsLeftInside(int container)
    {
        if (Run.Nodes[container] != NodeStatus.Unwinding || Run.IsIncomplete || IsAnythingLeftInside(container))
        {
            return;
        }

        Run.Set(container, NodeStatus.Compensated);
        Run.Note(new LedgerChange.NodeCompensated(container, Run.Now, NothingToDo: false));
        Settle(container);
    }

    private bool IsReached(int node)
    {
        for (var outer = Run.Shape.PlaceOf(node).Parent; outer >= 0; outer = Run.Shape.PlaceOf(outer).Parent)
        {
            if (StatusSets.IsCompensable(Run.Nodes[outer]))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsAnythingLeftInside(int container)
    {
        var place = Run.Shape.PlaceOf(container);
        return place.Node is MapNode or LoopNode
            ? Run.SeriesOf(container).Any(item => StatusSets.IsStanding(Run.Nodes[item]))
            : Run.Nodes.ContainsAny(StatusSets.Standing, container + 1, place.Base + place.Node.End);
    }

    private void GoOnFrom(int settled)
    {
        if (Latecomers.Forget(Run, settled))
        {
            // Any node may have waited for it, not only those it depends on directly.
            _held = null;
            CompensateEverythingThatMayBe();
        }

        var place = Run.Shape.PlaceOf(settled);
        var dependencies = place.Node.DependsOn;
        for (var i = dependencies.Length - 1; i >= 0; i--)
        {
            CompensateIfItMayBe(place, dependencies[i]);
        }

        if (place.Parent < 0)
        {
            return;
        }

        if (place.Node.Parent < 0 && Run.Nodes[place.Parent] == NodeStatus.Unwinding)
        {
            CompensateSeries(place.Parent);
        }

        SettleWhenNothingIsLeftInside(place.Parent);
    }

    private void CompensateEverythingThatMayBe()
    {
        for (var node = Run.Nodes.Count - 1; node >= 0; node--)
        {
            var place = Run.Shape.PlaceOf(node);
            if (place.Node.Parent >= 0 || place.Block is null)
            {
                CompensateIfItMayBe(place, place.Node.Index);
            }

            if (place.Node is MapNode or LoopNode && Run.Nodes[node] == NodeStatus.Unwinding)
            {
                CompensateSeries(node);
            }
        }
    }

    private void CompensateIfItMayBe(Place sibling, int node)
    {
        var index = sibling.Base + node;
        if (StatusSets.IsCompensable(Run.Nodes[index]) && IsWhatItIsInsideOfUnwinding(sibling, node) && AreDependentsSettled(sibling, node) && !IsHeld(index))
        {
            walk.Compensations.Compensate(Run.Shape.PlaceOf(index));
        }
    }

    private bool IsWhatItIsInsideOfUnwinding(Place sibling, int node) =>
        sibling.Graph.Nodes[node].Parent is var parent && (parent < 0 || Run.Nodes[sibling.Base + parent] == NodeStatus.Unwinding);

    private bool AreDependentsSettled(Place sibling, int node)
    {
        foreach (var dependent in sibling.Graph.Dependents[node])
        {
            if (StatusSets.IsStanding(Run.Nodes[sibling.Base + dependent]))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsHeld(int index)
    {
        if (Held.Count == 0)
        {
            return false;
        }

        for (var outer = index; outer >= 0; outer = Run.Shape.PlaceOf(outer).Parent)
        {
            if (Held.Contains(outer))
            {
                return true;
            }
        }

        return false;
    }

    private void EndWhenNothingIsLeft()
    {
        if (Run.IsIncomplete || Run.Nodes.ContainsAny(StatusSets.Standing, 0, Run.Nodes.Count))
        {
            return;
        }

        if (Run.Nodes.Contains(NodeStatus.CompensationFailed))
        {
            Run.Error = Run.Error! with { NotCompensated = [.. Run.Nodes.IndexesOf(NodeStatus.CompensationFailed).Select(Run.Shape.NameOf)] };
            Run.End(RunStatus.Failed);
        }
        else
        {
            Run.End(RunStatus.RolledBack);
        }
    }
}
