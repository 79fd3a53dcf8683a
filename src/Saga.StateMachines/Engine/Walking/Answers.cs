using System.Text.Json;
using Saga.StateMachines.Engine.Values;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine.Walking;

/// <summary>What follows from what a step says.</summary>
internal static class Answers
{
    public static void Take(RunWalk walk, Dispatch dispatch, RunEvent.Answer answer)
    {
        var run = walk.Run;
        switch (answer)
        {
            case RunEvent.StepSucceeded succeeded:
                TakeSuccess(walk, dispatch, succeeded);
                break;

            case RunEvent.StepAwaits awaits:
                TakeAwait(walk, dispatch, awaits);
                break;

            case RunEvent.StepFailed failed:
                TakeFailure(walk, dispatch, failed);
                walk.Forward.GoOn();
                break;

            case RunEvent.StepCompensated compensated:
                run.Forget(dispatch);
                walk.Compensations.Done(dispatch.Node, compensated.NothingToDo);
                walk.Back.GoOn();
                break;

            case RunEvent.StepCompensationFailed failed:
                run.Forget(dispatch);
                TakeCompensationFailure(walk, dispatch, failed);
                walk.Back.GoOn();
                break;
        }
    }

    private static void TakeSuccess(RunWalk walk, Dispatch dispatch, RunEvent.StepSucceeded succeeded)
    {
        var run = walk.Run;
        var badOutput = succeeded.OutputLost is { } lost
            ? new NodeFailure(lost.Code, lost.Message)
            : AnswerRule.ProblemOf(succeeded.Output, "output", run.Values.Limits);
        if ((badOutput ?? AnswerRule.Put(run, succeeded.Put)) is { } problem)
        {
            // It did its work, so it is compensated: with its output, if that is good.
            TakeUnknown(walk, dispatch, problem, badOutput is null ? succeeded.Output : null);
            return;
        }

        var isLate = run.Nodes[dispatch.Node] == NodeStatus.Failed;
        run.Set(dispatch.Node, NodeStatus.Completed);
        if (run.Status == RunStatus.Compensating)
        {
            // The dispatch is kept: it marks the node as a latecomer until it is compensated.
            run.Note(new LedgerChange.NodeCompleted(dispatch.Node, run.Now, succeeded.Output));
            walk.Back.TakeLatecomer(dispatch.Node);
            return;
        }

        run.Forget(dispatch);
        if (isLate)
        {
            // Whatever waited for it went on when it failed; it is only to be known when the walk comes back here.
            run.Note(new LedgerChange.NodeCompleted(dispatch.Node, run.Now, succeeded.Output));
            return;
        }

        walk.Forward.Complete(dispatch.Node, succeeded.Output);
        walk.Forward.GoOn();
    }

    private static void TakeAwait(RunWalk walk, Dispatch dispatch, RunEvent.StepAwaits awaits)
    {
        var run = walk.Run;
        var problem = AnswerRule.ProblemOf(awaits.Snapshot, "snapshot", run.Values.Limits) ?? AnswerRule.Put(run, awaits.Put);
        if (problem is null && awaits.Signals.IsDefaultOrEmpty && awaits.Timeout is null)
        {
            problem = new NodeFailure("invalid_await", "The step awaits no signal and no moment, so nothing could ever resume it.");
        }

        if (problem is null && run.Nodes[dispatch.Node] != NodeStatus.Failed && !run.IsStopping && run.IsInsideOfOpen(dispatch.Node))
        {
            walk.Signals.Await(dispatch, awaits);
            walk.Forward.GoOn();
            return;
        }

        // Nobody will tell it to go on, and it has begun.
        TakeUnknown(walk, dispatch, problem, output: null);
    }

    /// <summary>It did something, and the run does not go on with it: it is compensated like one that completed.</summary>
    /// <param name="walk">What moves the run.</param>
    /// <param name="dispatch">What it answered to.</param>
    /// <param name="problem">Why the run does not go on; null when it stops anyway.</param>
    /// <param name="output">What its compensation is handed.</param>
    private static void TakeUnknown(RunWalk walk, Dispatch dispatch, NodeFailure? problem, JsonElement? output)
    {
        var run = walk.Run;
        var isLate = run.Nodes[dispatch.Node] == NodeStatus.Failed;
        run.Set(dispatch.Node, NodeStatus.Unknown);
        run.Note(new LedgerChange.NodeUnknown(dispatch.Node, run.Now, problem?.Code, problem?.Message, output));
        if (run.Status == RunStatus.Compensating)
        {
            walk.Back.TakeLatecomer(dispatch.Node);
            return;
        }

        run.Forget(dispatch);
        if (isLate)
        {
            // Whatever waited for it went on when it failed.
            return;
        }

        var place = run.Shape.PlaceOf(dispatch.Node);
        if (problem is not null && !run.IsStopping && run.IsInsideOfOpen(dispatch.Node))
        {
            walk.Failures.FailWhatItIsInsideOf(place, problem.Code, problem.Message);
        }
        else
        {
            walk.Failures.SettleItemsAround(place);
        }

        walk.Forward.GoOn();
    }

    private static void TakeFailure(RunWalk walk, Dispatch dispatch, RunEvent.StepFailed failed)
    {
        var run = walk.Run;
        var node = dispatch.Node;
        var policy = ((StepNode)run.Shape.NodeAt(node)).Retry;
        if (!failed.Retryable || run.IsStopping || !run.IsInsideOfOpen(node) || !policy.Allows(dispatch.Attempt, failed.Code))
        {
            // The dispatch is kept: if the step succeeds after all, that must be noticed.
            walk.Failures.Fail(node, failed.Code, failed.Message);
            return;
        }

        run.Forget(dispatch);
        run.Set(node, NodeStatus.Retrying);
        var next = dispatch.Attempt + 1;
        var wake = Moments.Later(run.Now, failed.RetryAfter ?? policy.WaitAfter(dispatch.Attempt, Chance(run, dispatch)));
        var wait = run.Wait(node, next, DispatchKind.RetryExecution);
        run.Note(new LedgerChange.NodeRetrying(node, run.Now, next, failed.Code, failed.Message, wake, wait.DispatchId));
    }

    private static void TakeCompensationFailure(RunWalk walk, Dispatch dispatch, RunEvent.StepCompensationFailed failed)
    {
        var run = walk.Run;
        var node = dispatch.Node;
        var policy = ((StepNode)run.Shape.NodeAt(node)).Compensation.Retry;
        if (!failed.Retryable || !policy.Allows(dispatch.Attempt, failed.Code))
        {
            walk.Compensations.Failed(node, failed.Code, failed.Message);
            return;
        }

        run.Set(node, NodeStatus.CompensationRetrying);
        var next = dispatch.Attempt + 1;
        var wait = run.Wait(node, next, DispatchKind.RetryCompensation);
        var wake = Moments.Later(run.Now, policy.WaitAfter(dispatch.Attempt, Chance(run, dispatch)));
        run.Note(new LedgerChange.CompensationRetrying(node, run.Now, next, failed.Code, failed.Message, wake, wait.DispatchId));
    }

    /// <summary>A number from 0 to 1 that looks like chance and is the same whenever the same event is applied.</summary>
    private static double Chance(RunDraft run, Dispatch dispatch)
    {
        // Knuth's multiplicative hash (The Art of Computer Programming, volume 3, section 6.4).
        var seed = unchecked((uint)((run.Now.Ticks / 10) + (dispatch.DispatchId * 7919)) * 2654435761u);
        return seed / (double)uint.MaxValue;
    }
}
