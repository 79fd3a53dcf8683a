using System.Text.Json;
using Saga.StateMachines.Engine.Values;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Times;

namespace Saga.StateMachines.Engine.Walking;

/// <summary>How nodes of each kind start.</summary>
internal sealed class NodeStarts(RunWalk walk)
{
    private RunDraft Run => walk.Run;

    public void Start(int index)
    {
        // What started right before it may have failed, and with it the run, or the item it is inside of.
        if (Run.IsStopping || Run.Nodes[index] != NodeStatus.Pending || !Run.IsInsideOfOpen(index))
        {
            return;
        }

        var place = Run.Shape.PlaceOf(index);
        switch (place.Node)
        {
            case StepNode step:
                StartWork(place, step.Input, DispatchKind.Execute);
                break;
            case ChildNode child:
                StartWork(place, child.Input, DispatchKind.RunChild);
                break;
            case ConstantNode constant:
                NoteStart(index);
                walk.Forward.Complete(index, constant.Value);
                break;
            case ScopeNode scope:
                StartScope(place, scope);
                break;
            case RouteNode route:
                StartRoute(place, route);
                break;
            case MapNode map:
                walk.Series.StartMap(place, map);
                break;
            case LoopNode loop:
                walk.Series.StartLoop(place, loop);
                break;
            case SleepNode sleep:
                StartSleep(place, sleep);
                break;
            case SignalNode signal:
                walk.Signals.StartWaiting(place, signal);
                break;
            default:
                throw new InvalidOperationException($"There is no way to start a node of kind {place.Node.Kind}.");
        }
    }

    /// <summary>Gives a template its value; false when it fails the node, or when something must be read first.</summary>
    public bool TryEvaluate(Template template, Place place, out JsonElement value) => TryTake(walk.Evaluate(template, place), place, out value);

    private bool TryTake(Evaluated evaluated, Place place, out JsonElement value)
    {
        value = evaluated.Value;
        if (evaluated.Failure is { } failure)
        {
            FailAtStart(place.Index, failure.Code, failure.Message);
        }

        return evaluated.IsValue;
    }

    public void FailAtStart(int node, string code, string message)
    {
        NoteStart(node);
        walk.Failures.Fail(node, code, message);
    }

    public void NoteStart(int node, JsonElement? input = null)
    {
        Run.Values.SetInput(node, input);
        Run.Note(new LedgerChange.NodeStarted(node, Run.Now, RunDraft.FirstAttempt, input));
    }

    private void StartWork(Place place, Template? template, DispatchKind kind)
    {
        JsonElement? input = null;
        if (template is not null)
        {
            if (!TryEvaluate(template, place, out var value))
            {
                return;
            }

            input = value;
        }

        Run.Set(place.Index, NodeStatus.Running);
        NoteStart(place.Index, input);
        Run.Send(place.Index, kind, input);
    }

    private void StartScope(Place place, ScopeNode scope)
    {
        JsonElement? input = null;
        if (scope.Input is { } template)
        {
            if (!TryEvaluate(template, place, out var value))
            {
                return;
            }

            input = value;
        }

        Run.Set(place.Index, NodeStatus.Open);
        NoteStart(place.Index, input);
        walk.Forward.StartEntries(place);
    }

    /// <summary>Which branches are skipped is the decision, journaled with the states of the nodes: it is never made again.</summary>
    private void StartRoute(Place place, RouteNode route)
    {
        var chosen = route.Default;
        foreach (var (when, branch) in route.Cases)
        {
            if (!TryTake(walk.Decide(when, place), place, out var holds))
            {
                return;
            }

            if (holds.ValueKind == JsonValueKind.True)
            {
                chosen = branch;
                break;
            }
        }

        Run.Set(place.Index, NodeStatus.Open);
        NoteStart(place.Index);
        foreach (var branch in route.Cases.Select(item => item.Branch).Append(route.Default))
        {
            if (branch >= 0 && branch != chosen)
            {
                walk.Forward.SkipAll(Run.Shape.PlaceOf(place.Base + branch));
            }
        }

        if (chosen >= 0)
        {
            Start(place.Base + chosen);
        }
        else
        {
            walk.Forward.Complete(place.Index, output: null);
        }
    }

    private void StartSleep(Place place, SleepNode sleep)
    {
        if (!TryEvaluate(sleep.For ?? sleep.Until!, place, out var value))
        {
            return;
        }

        var end = sleep.For is null ? Moments.Read(value) : Moments.After(Run.Now, value);
        if (end is null)
        {
            FailAtStart(place.Index, "invalid_time", $"The sleep got {Moments.Show(value)}. {(sleep.For is null ? Rfc3339Moment.Rule : IsoDuration.Rule)}");
            return;
        }

        NoteStart(place.Index);
        if (end <= Run.Now)
        {
            CompleteSleep(place.Index);
            return;
        }

        Run.Set(place.Index, NodeStatus.Waiting);
        var wait = Run.Wait(place.Index, RunDraft.FirstAttempt, DispatchKind.Wait);
        Run.Note(new LedgerChange.NodeWaiting(place.Index, Run.Now, Signals: null, end, wait.DispatchId));
    }

    public void CompleteSleep(int node) =>
        walk.Forward.Complete(node, JsonMaking.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("wokeAt", Run.Now);
            json.WriteEndObject();
        }));
}
