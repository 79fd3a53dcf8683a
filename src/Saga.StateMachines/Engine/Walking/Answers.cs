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
                Put(run, succeeded.Put);
                var isLate = run.Nodes[dispatch.Node] == NodeStatus.Failed;
                run.Set(dispatch.Node, NodeStatus.Completed);
                if (run.Status == RunStatus.Compensating)
                {
                    // The dispatch is kept: it marks the node as a latecomer until it is compensated.
                    run.Note(new LedgerChange.NodeCompleted(dispatch.Node, run.Now, succeeded.Output));
                    walk.Back.TakeLatecomer(dispatch.Node);
                    break;
                }

                run.Forget(dispatch);
                if (isLate)
                {
                    // Whatever waited for it went on when it failed; it is only to be known when the walk comes back here.
                    run.Note(new LedgerChange.NodeCompleted(dispatch.Node, run.Now, succeeded.Output));
                    break;
                }

                walk.Forward.Complete(dispatch.Node, succeeded.Output);
                walk.Forward.GoOn();
                break;

            case RunEvent.StepAwaits awaits:
                Put(run, awaits.Put);
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

    private static void Put(RunDraft run, IReadOnlyDictionary<string, System.Text.Json.JsonElement>? put)
    {
        if (put is { Count: > 0 })
        {
            run.Values.Put(put);
            run.Context = run.Values.ContextJson;
        }
    }

    private static void TakeAwait(RunWalk walk, Dispatch dispatch, RunEvent.StepAwaits awaits)
    {
        var run = walk.Run;
        var isLate = run.Nodes[dispatch.Node] == NodeStatus.Failed;
        var isForNothing = awaits.Signals.IsDefaultOrEmpty && awaits.Timeout is null;
        if (!isLate && !isForNothing && !run.IsStopping && run.IsInsideOfOpen(dispatch.Node))
        {
            walk.Signals.Await(dispatch, awaits);
            walk.Forward.GoOn();
            return;
        }

        // Nobody will tell it to go on, and it has begun.
        run.Set(dispatch.Node, NodeStatus.Unknown);
        run.Note(new LedgerChange.NodeUnknown(dispatch.Node, run.Now));
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
        if (!run.IsStopping && run.IsInsideOfOpen(dispatch.Node))
        {
            walk.Failures.FailWhatItIsInsideOf(place, "invalid_await", "The step awaits no signal and no moment, so nothing could ever resume it.");
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
