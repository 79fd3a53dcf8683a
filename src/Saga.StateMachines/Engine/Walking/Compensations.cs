using System.Text.Json;
using Saga.StateMachines.Engine.Values;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine.Walking;

/// <summary>How nodes of each kind are compensated.</summary>
internal sealed class Compensations(RunWalk walk)
{
    private RunDraft Run => walk.Run;

    public void Compensate(Place place)
    {
        switch (place.Node)
        {
            case StepNode step:
                CompensateStep(place, step);
                break;
            case ChildNode:
                Run.Set(place.Index, NodeStatus.Compensating);
                Run.Note(new LedgerChange.CompensationStarted(place.Index, Run.Now, RunDraft.FirstAttempt));
                Run.Send(place.Index, DispatchKind.RollBackChild);
                break;
            case { IsContainer: true }:
                Unwind(place);
                break;
            default:
                // Constants, sleeps and signals leave nothing behind.
                Done(place.Index, nothingToDo: true);
                break;
        }
    }

    public void Done(int node, bool nothingToDo)
    {
        Run.Set(node, NodeStatus.Compensated);
        Run.Note(new LedgerChange.NodeCompensated(node, Run.Now, nothingToDo));
        walk.Back.Settle(node);
    }

    public void Failed(int node, string code, string message)
    {
        Run.Set(node, NodeStatus.CompensationFailed);
        Run.Note(new LedgerChange.CompensationFailed(node, Run.Now, code, message));
        walk.Back.Settle(node);
    }

    /// <summary>What a compensation is told as its input; null is the input of the execution. Nothing yet when something must be read first.</summary>
    public Evaluated? InputOf(int node) =>
        Run.Shape.PlaceOf(node) is { Node: StepNode { Compensation.Input: { } template } } place ? walk.Evaluate(template, place) : null;

    /// <summary>Tells the step again what it was told before.</summary>
    public void SendAgain(int node, int attempt)
    {
        if (TryGetInput(node, out var input))
        {
            Run.Set(node, NodeStatus.Compensating);
            Run.Note(new LedgerChange.CompensationStarted(node, Run.Now, attempt));
            Run.SendAgain(node, attempt, DispatchKind.Compensate, input);
        }
    }

    private void CompensateStep(Place place, StepNode step)
    {
        switch (step.Compensation.Mode)
        {
            case CompensationMode.None:
                Done(place.Index, nothingToDo: true);
                break;
            case CompensationMode.Irreversible:
                Failed(place.Index, "irreversible", "The plan says that this step cannot be compensated.");
                break;
            default:
                if (TryGetInput(place.Index, out var input))
                {
                    Run.Set(place.Index, NodeStatus.Compensating);
                    Run.Note(new LedgerChange.CompensationStarted(place.Index, Run.Now, RunDraft.FirstAttempt));
                    Run.Send(place.Index, DispatchKind.Compensate, input);
                }

                break;
        }
    }

    private bool TryGetInput(int node, out JsonElement? input)
    {
        var evaluated = InputOf(node);
        input = evaluated?.Value;
        if (evaluated?.Failure is { } failure)
        {
            Failed(node, failure.Code, failure.Message);
        }

        return evaluated is null or { IsValue: true };
    }

    private void Unwind(Place place)
    {
        Run.Set(place.Index, NodeStatus.Unwinding);
        Run.Note(new LedgerChange.CompensationStarted(place.Index, Run.Now, RunDraft.FirstAttempt));
        if (place.Node is MapNode or LoopNode)
        {
            walk.Back.CompensateSeries(place.Index);
        }
        else
        {
            walk.Back.CompensateInside(place.Index, place, place.Node.Index + 1, place.Node.End);
        }

        walk.Back.SettleWhenNothingIsLeftInside(place.Index);
    }
}
