using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine.Walking;

/// <summary>What follows when the moment has come that a node waited for.</summary>
internal static class Waits
{
    public static AnswerMatch Find(RunState state, RunEvent.Due due)
    {
        var match = AnswerMatch.Find(state, due.Node, DispatchKind.Wait, DispatchKind.RetryExecution, DispatchKind.RetryCompensation);
        return match.Dispatch is { } dispatch && dispatch.DispatchId != due.DispatchId ? new AnswerMatch(Dispatch: null, IgnoredBecause.StaleDispatch) : match;
    }

    public static void End(RunWalk walk, Dispatch wait)
    {
        var run = walk.Run;
        switch (wait.Kind)
        {
            case DispatchKind.RetryExecution:
                run.Forget(wait);
                run.Set(wait.Node, NodeStatus.Running);
                run.Note(new LedgerChange.NodeResumed(wait.Node, run.Now, wait.Attempt));
                run.SendAgain(wait.Node, wait.Attempt, DispatchKind.Execute);
                break;
            case DispatchKind.RetryCompensation:
                run.Forget(wait);
                walk.Compensations.SendAgain(wait.Node, wait.Attempt);
                walk.Back.GoOn();
                break;
            default:
                if (run.Shape.NodeAt(wait.Node) is SleepNode)
                {
                    run.Forget(wait);
                    walk.Starts.CompleteSleep(wait.Node);
                }
                else
                {
                    walk.Signals.TimeOut(wait);
                }

                walk.Forward.GoOn();
                break;
        }
    }
}
