using System.Text.Json;
using Saga.StateMachines.Engine.Values;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine.Walking;

/// <summary>What follows when a child run ends, or cannot begin.</summary>
internal static class ChildRuns
{
    public static AnswerMatch Find(RunState state, RunEvent.ChildEnded ended)
    {
        var match = AnswerMatch.Find(state, ended.Node, DispatchKind.RunChild, DispatchKind.RollBackChild);
        return match.Dispatch is { Kind: DispatchKind.RollBackChild } && ended.Status == RunStatus.Completed
            // It completed before it was told to roll back.
            ? new AnswerMatch(Dispatch: null, IgnoredBecause.Duplicate)
            : match;
    }

    public static AnswerMatch Find(RunState state, RunEvent.ChildRefused refused) => AnswerMatch.Find(state, refused.Node, DispatchKind.RunChild);

    public static void TakeEnd(RunWalk walk, Dispatch dispatch, RunEvent.ChildEnded ended)
    {
        walk.Run.Forget(dispatch);
        if (dispatch.Kind == DispatchKind.RollBackChild)
        {
            if (ended.Status == RunStatus.RolledBack)
            {
                walk.Compensations.Done(ended.Node, nothingToDo: false);
            }
            else
            {
                walk.Compensations.Failed(ended.Node, "child_failed", NotCompensated(ended));
            }

            walk.Back.GoOn();
            return;
        }

        if (((ChildNode)walk.Run.Shape.NodeAt(ended.Node)).JoinsSettled)
        {
            TakeSettled(walk, ended);
        }
        else if (ended.Status == RunStatus.Completed)
        {
            walk.Forward.Complete(ended.Node, ended.Output);
        }
        else if (ended.Status == RunStatus.RolledBack)
        {
            walk.Failures.Fail(ended.Node, "child_rolled_back", $"The child run {ended.ChildId} rolled back: {ReasonOf(ended)}.");
        }
        else
        {
            FailWithRemains(walk, ended);
        }

        walk.Forward.GoOn();
    }

    public static void TakeRefusal(RunWalk walk, Dispatch dispatch, RunEvent.ChildRefused refused)
    {
        walk.Run.Forget(dispatch);
        walk.Failures.Fail(refused.Node, refused.Code, refused.Message);
        walk.Forward.GoOn();
    }

    /// <summary>The child failed and something of it may be left, which must show when this run has ended too.</summary>
    private static void FailWithRemains(RunWalk walk, RunEvent.ChildEnded ended)
    {
        var run = walk.Run;
        run.Set(ended.Node, NodeStatus.CompensationFailed);
        run.Note(new LedgerChange.NodeFailed(ended.Node, run.Now, "child_failed", NotCompensated(ended)));
        run.Note(new LedgerChange.CompensationFailed(ended.Node, run.Now, "child_failed", NotCompensated(ended)));
        walk.Failures.FailWhatItIsInsideOf(run.Shape.PlaceOf(ended.Node), "child_failed", NotCompensated(ended));
    }

    /// <summary>How it ended becomes a value. When that cannot be, what the node is inside of fails, and the child is rolled back with it.</summary>
    private static void TakeSettled(RunWalk walk, RunEvent.ChildEnded ended)
    {
        var (run, node) = (walk.Run, ended.Node);
        var settled = MadeValues.Judge(Settled(ended), run.Values.Limits);
        if (settled.Failure is not { } failure)
        {
            walk.Forward.Complete(node, settled.Value);
            return;
        }

        run.Set(node, NodeStatus.Unknown);
        run.Note(new LedgerChange.NodeUnknown(node, run.Now, failure.Code, failure.Message));
        var place = run.Shape.PlaceOf(node);
        if (!run.IsStopping && run.IsInsideOfOpen(node))
        {
            walk.Failures.FailWhatItIsInsideOf(place, failure.Code, failure.Message);
        }
        else
        {
            walk.Failures.SettleItemsAround(place);
        }
    }

    private static JsonElement Settled(RunEvent.ChildEnded ended) => JsonMaking.Object(
    [
        new("runId", JsonMaking.String(ended.ChildId.ToString())),
        new("status", JsonMaking.String(SnakeCase.From(ended.Status.ToString()))),
        new("output", ended.Output ?? Evaluated.Null),
        new("error", ended.Error ?? Evaluated.Null),
    ]);

    private static string NotCompensated(RunEvent.ChildEnded ended) =>
        $"The child run {ended.ChildId} failed ({ReasonOf(ended)}), and something it did could not be compensated. Look at that run.";

    private static string ReasonOf(RunEvent.ChildEnded ended) =>
        ended.Error is { ValueKind: JsonValueKind.Object } error && error.TryGetProperty("reason", out var reason) ? reason.ToString() : "no reason given";
}
