using System.Text.Json;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine.Walking;

/// <summary>A node starts when everything it depends on is completed or skipped; independent nodes start at once.</summary>
internal sealed class ForwardWalk(RunWalk walk)
{
    // Constants complete as they start, and a plan may be a chain of thousands: a queue is as deep as memory, a stack is not.
    private readonly Queue<int> _settled = new();

    private RunDraft Run => walk.Run;

    public void Begin()
    {
        Run.Status = RunStatus.Running;
        foreach (var entry in Run.Plan.Root.Entries[^1])
        {
            walk.Starts.Start(entry);
        }

        GoOn();
    }

    /// <summary>Starts the nodes right inside of a container that depend on nothing.</summary>
    public void StartEntries(Place container)
    {
        foreach (var entry in container.Graph.Entries[container.Node.Index])
        {
            walk.Starts.Start(container.Base + entry);
        }
    }

    public void Complete(int node, JsonElement? output)
    {
        Run.Set(node, NodeStatus.Completed);
        Run.Values.SetOutput(node, output);
        Run.Note(new LedgerChange.NodeCompleted(node, Run.Now, output));
        _settled.Enqueue(node);
    }

    /// <summary>The item of a map is settled, but did not complete: goes on with the others.</summary>
    public void GoOnBehind(int brokenItem) => _settled.Enqueue(brokenItem);

    /// <summary>
    /// Goes on from everything that was settled, until nothing more follows. Only then is it seen whether the run is complete or walks back: a
    /// walk back that began in the midst of starting nodes would meet half of them.
    /// </summary>
    public void GoOn()
    {
        while (_settled.TryDequeue(out var node))
        {
            if (!Run.IsStopping && Run.Status == RunStatus.Running)
            {
                GoOnFrom(node);
            }
        }

        if (Run.IsStopping)
        {
            walk.Back.StartWhenNothingRuns();
        }
        else if (Run.Status == RunStatus.Running && !Run.IsIncomplete)
        {
            CompleteRunWhenNothingIsLeft();
        }
    }

    /// <summary>The same for what is inside of it, but not for the container itself.</summary>
    public void SkipAll(Place container)
    {
        for (var node = container.Node.Index; node < container.Node.End; node++)
        {
            Run.Set(container.Base + node, NodeStatus.Skipped);
            Run.Note(new LedgerChange.NodeSkipped(container.Base + node, Run.Now, HasRow: false));
        }
    }

    private void GoOnFrom(int settled)
    {
        var place = Run.Shape.PlaceOf(settled);
        if (place.Parent >= 0 && Run.Nodes[place.Parent] != NodeStatus.Open)
        {
            // What it is inside of has failed: it was only waited for.
            walk.Failures.SettleItemsAround(place);
            return;
        }

        var dependents = place.Graph.Dependents[place.Node.Index];
        foreach (var dependent in dependents)
        {
            if (MayStart(place, dependent))
            {
                walk.Starts.Start(place.Base + dependent);
            }
        }

        if (dependents.IsEmpty && place.Parent >= 0)
        {
            CompleteWhenNothingIsLeft(place);
        }
    }

    private bool MayStart(Place sibling, int node)
    {
        if (Run.Nodes[sibling.Base + node] != NodeStatus.Pending)
        {
            return false;
        }

        foreach (var dependency in sibling.Graph.Nodes[node].DependsOn)
        {
            if (!StatusSets.IsSettled(Run.Nodes[sibling.Base + dependency]))
            {
                return false;
            }
        }

        return true;
    }

    private void CompleteWhenNothingIsLeft(Place inside)
    {
        var container = Run.Shape.PlaceOf(inside.Parent);
        switch (container.Node)
        {
            case MapNode map:
                walk.Series.GoOnFromItem(container, map, inside);
                break;
            case LoopNode loop:
                walk.Series.GoOnFromIteration(container, loop, inside);
                break;
            default:
                if (Run.Nodes.AreAll(StatusSets.Settled, container.Index + 1, container.Base + container.Node.End))
                {
                    CompleteContainer(container);
                }

                break;
        }
    }

    private void CompleteContainer(Place container)
    {
        if (container.Node is not ScopeNode { Output: { } template })
        {
            Complete(container.Index, output: null);
            return;
        }

        var output = walk.Evaluate(template, container);
        if (output.IsValue)
        {
            Complete(container.Index, output.Value);
        }
        else if (output.Failure is { } failure)
        {
            walk.Failures.Fail(container.Index, failure.Code, failure.Message);
        }
    }

    private void CompleteRunWhenNothingIsLeft()
    {
        var root = Run.Plan.Root;
        if (!Run.Nodes.AreAll(StatusSets.Settled, 0, root.Nodes.Length))
        {
            return;
        }

        // Everything is done: a template that finds nothing is no reason to take all of it back.
        var output = Run.Plan.Output is { } template ? walk.Evaluate(template, Run.Shape.PlaceOf(0))
            : Run.Plan.Leaf >= 0 ? walk.Values.OutputOf(Run.Plan.Leaf)
            : Values.Evaluated.Nothing;
        if (!Run.IsIncomplete)
        {
            Run.OutputLost = output.Failure is { } failure ? (failure.Code, failure.Message) : null;
            Run.Output = output is { IsValue: true, Value.ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } ? output.Value : null;
            Run.End(RunStatus.Completed);
        }
    }
}
