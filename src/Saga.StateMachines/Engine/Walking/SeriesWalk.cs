using System.Text.Json;
using Saga.StateMachines.Engine.Values;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine.Walking;

/// <summary>Items of maps, at most so many at once and in order; and iterations of loops, one after the other.</summary>
internal sealed class SeriesWalk(RunWalk walk)
{
    /// <summary>The most nodes a run may have, with all items and iterations: their states are kept together.</summary>
    public const int MaxNodes = 200_000;

    private const int FirstIterations = 8;

    private RunDraft Run => walk.Run;

    public void StartMap(Place place, MapNode map)
    {
        if (!walk.Starts.TryEvaluate(map.Over, place, out var list))
        {
            return;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            walk.Starts.FailAtStart(place.Index, "not_a_list", $"The map got {Moments.Show(list)}. `over` must give a list. Correct it, or what it refers to.");
            return;
        }

        var count = list.GetArrayLength();
        if (IsTooMany(place.Index, map.Body, count))
        {
            return;
        }

        walk.Starts.NoteStart(place.Index);
        if (count == 0)
        {
            walk.Forward.Complete(place.Index, output: null);
            return;
        }

        Run.Set(place.Index, NodeStatus.Open);
        var stride = Run.Plan.Graphs[map.Body].Nodes.Length;
        var block = Run.LayOut(place.Index, map.Body, count, firstOrdinal: 0);
        var index = block.Start;
        foreach (var item in list.EnumerateArray())
        {
            Run.Values.SetInput(index, item);
            Run.Note(new LedgerChange.ItemPlanned(index, Run.Now, item));
            index += stride;
        }

        for (var i = 0; i < Math.Min(map.MaxConcurrency, count); i++)
        {
            StartItem(block.Start + (i * stride));
        }
    }

    public void StartLoop(Place place, LoopNode loop)
    {
        if (!walk.Starts.TryEvaluate(loop.Initial, place, out var initial))
        {
            return;
        }

        var count = Math.Min(FirstIterations, loop.MaxIterations);
        if (IsTooMany(place.Index, loop.Body, count))
        {
            return;
        }

        walk.Starts.NoteStart(place.Index);
        Run.Set(place.Index, NodeStatus.Open);
        StartIteration(Run.LayOut(place.Index, loop.Body, count, firstOrdinal: 0).Start, initial);
    }

    /// <summary>Starts the next item, or completes the map when this was the last.</summary>
    public void GoOnFromItem(Place map, MapNode node, Place item)
    {
        // Items start in order, so whatever has not started stands behind this one.
        var next = item.Base + item.Graph.Nodes.Length;
        var end = item.Block!.Start + (item.Block.Count * item.Graph.Nodes.Length);
        while (next < end && Run.Nodes[next] != NodeStatus.Pending)
        {
            next += item.Graph.Nodes.Length;
        }

        if (next < end)
        {
            StartItem(next);
        }
        else if (AreAllItemsSettled(map.Index, node))
        {
            walk.Forward.Complete(map.Index, output: null);
        }
    }

    /// <summary>Starts the next iteration, or ends the loop.</summary>
    public void GoOnFromIteration(Place loop, LoopNode node, Place iteration)
    {
        if (node.Until is { } until)
        {
            var done = walk.Decide(until, iteration);
            if (!done.IsValue)
            {
                if (done.Failure is { } failure)
                {
                    walk.Failures.Fail(loop.Index, failure.Code, failure.Message);
                }

                return;
            }

            if (done.Value.ValueKind == JsonValueKind.True)
            {
                walk.Forward.Complete(loop.Index, output: null);
                return;
            }
        }

        var next = iteration.Ordinal + 1;
        if (next < node.MaxIterations)
        {
            StartNextIteration(loop, node, iteration);
        }
        else if (node.FailsAtMaxIterations)
        {
            walk.Failures.Fail(loop.Index, "max_iterations", $"The loop made {next} iterations and its `until` never held. Raise `maxIterations`, "
                + "or set `onMaxIterations: continue`.");
        }
        else
        {
            walk.Forward.Complete(loop.Index, output: null);
        }
    }

    private void StartNextIteration(Place loop, LoopNode node, Place iteration)
    {
        var output = walk.Values.OutputOf(iteration.Index);
        if (!output.IsValue)
        {
            if (output.Failure is { } failure)
            {
                walk.Failures.Fail(loop.Index, failure.Code, failure.Message);
            }

            return;
        }

        var next = iteration.Base + iteration.Graph.Nodes.Length;
        if (next == iteration.Block!.Start + (iteration.Block.Count * iteration.Graph.Nodes.Length))
        {
            // Twice as many each time, so that a long loop needs few blocks and a short one few nodes.
            var ordinal = iteration.Ordinal + 1;
            var count = Math.Min(ordinal, node.MaxIterations - ordinal);
            if (IsTooMany(loop.Index, node.Body, count))
            {
                return;
            }

            next = Run.LayOut(loop.Index, node.Body, count, ordinal).Start;
        }

        StartIteration(next, output.Value);
    }

    private void StartIteration(int iteration, JsonElement previous)
    {
        Run.Set(iteration, NodeStatus.Open);
        walk.Starts.NoteStart(iteration, previous);
        walk.Forward.StartEntries(Run.Shape.PlaceOf(iteration));
    }

    private void StartItem(int item)
    {
        // An item before it may have failed as it started, and with it the map or the run.
        if (Run.IsStopping || Run.Nodes[item] != NodeStatus.Pending || !Run.IsInsideOfOpen(item))
        {
            return;
        }

        Run.Set(item, NodeStatus.Open);
        Run.Note(new LedgerChange.NodeStarted(item, Run.Now, RunDraft.FirstAttempt, HasRow: true));
        walk.Forward.StartEntries(Run.Shape.PlaceOf(item));
    }

    private bool AreAllItemsSettled(int map, MapNode node)
    {
        var hasBroken = false;
        foreach (var item in Run.SeriesOf(map))
        {
            if (Run.Nodes[item] is not (NodeStatus.Completed or NodeStatus.Broken))
            {
                return false;
            }

            hasBroken |= Run.Nodes[item] == NodeStatus.Broken;
        }

        // In an item that failed, nodes may still be under way.
        return !hasBroken || (node.CollectsFailures && !walk.Failures.IsAnythingRunningInside(map));
    }

    private bool IsTooMany(int node, int body, int count)
    {
        if (Run.Nodes.Count + ((long)count * Run.Plan.Graphs[body].Nodes.Length) <= MaxNodes)
        {
            return false;
        }

        var message = $"{count} more of `{Run.Shape.NameOf(node)}` would give the run more than {MaxNodes:N0} nodes, which is the limit. "
            + "Split the work, for example by a child run for each part.";
        if (Run.Nodes[node] == NodeStatus.Pending)
        {
            walk.Starts.FailAtStart(node, "too_many_nodes", message);
        }
        else
        {
            walk.Failures.Fail(node, "too_many_nodes", message);
        }

        return true;
    }
}
