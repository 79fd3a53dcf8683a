using Saga.StateMachines.Engine.Walking;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine;

/// <summary>
/// Decides what follows when something happens to a run. It is pure and total: the same arguments give the same decision, and every event in
/// every state is either accepted or ignored by name.
/// </summary>
public static class RunEngine
{
    /// <summary>The most signals that wait to be taken; of more, only those are accepted that a node waits for.</summary>
    public const int MaxInbox = 1000;

    /// <summary>Applies <paramref name="runEvent"/> to a run that follows <paramref name="plan"/>.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="state">Where the run stands.</param>
    /// <param name="runEvent">What happened.</param>
    /// <param name="now">When.</param>
    /// <param name="values">What is known of what its nodes received and returned; the event adds to it.</param>
    public static Decision Apply(Plan plan, RunState state, RunEvent runEvent, DateTimeOffset now, RunValues values)
    {
        if (WhyIgnored(state, runEvent) is { } reason)
        {
            return Decision.Ignore(state, reason);
        }

        var run = new RunDraft(plan, state, now, values);
        var walk = new RunWalk(run);
        switch (runEvent)
        {
            case RunEvent.Begin:
                walk.Forward.Begin();
                break;
            case RunEvent.Cancel:
                run.CancelRequested = true;
                if (state.Status == RunStatus.Pending)
                {
                    walk.Back.Start(RunReason.Cancelled);
                    break;
                }

                walk.Failures.StopRun();
                walk.Forward.GoOn();
                break;
            case RunEvent.RollBack:
                walk.Back.Start(RunReason.RollBackRequested);
                break;
            case RunEvent.Wake when state.Status == RunStatus.Pending:
                walk.Forward.Begin();
                break;
            case RunEvent.Wake:
                Repeats.SendAgain(walk, state);
                break;
            case RunEvent.Due due:
                return Take(walk, Waits.Find(state, due), due, (found, _) => Waits.End(walk, found));
            case RunEvent.Signal signal:
                if (!walk.Signals.Deliver(signal.Received) && state.InboxCount >= MaxInbox)
                {
                    return Decision.Ignore(state, IgnoredBecause.InboxFull);
                }

                walk.Forward.GoOn();
                break;
            case RunEvent.ChildEnded ended:
                return Take(walk, ChildRuns.Find(state, ended), ended, (found, child) => ChildRuns.TakeEnd(walk, found, child));
            case RunEvent.ChildRefused refused:
                return Take(walk, ChildRuns.Find(state, refused), refused, (found, child) => ChildRuns.TakeRefusal(walk, found, child));
            case RunEvent.Answer answer:
                return Take(walk, AnswerMatch.Find(run.Shape, state, answer), answer, (found, said) => Answers.Take(walk, found, said));
        }

        return run.Decide();

        Decision Take<T>(RunWalk moved, AnswerMatch match, T what, Action<Dispatch, T> take)
        {
            if (match.Dispatch is null)
            {
                return Decision.Ignore(state, match.Ignored!.Value);
            }

            take(match.Dispatch, what);
            return moved.Run.Decide();
        }
    }

    private static IgnoredBecause? WhyIgnored(RunState state, RunEvent runEvent) => runEvent switch
    {
        RunEvent.Begin when state.Status.IsEnd() => IgnoredBecause.RunEnded,
        RunEvent.Begin when state.Status != RunStatus.Pending => IgnoredBecause.AlreadyBegun,
        RunEvent.RollBack when state.Status != RunStatus.Completed => IgnoredBecause.NotCompleted,
        RunEvent.Wake or RunEvent.Due or RunEvent.Signal or RunEvent.ChildEnded or RunEvent.ChildRefused when state.Status.IsEnd() => IgnoredBecause.RunEnded,
        RunEvent.Signal when state.Status == RunStatus.Compensating => IgnoredBecause.AlreadyCompensating,
        RunEvent.Cancel => WhyNotCancelled(state),
        RunEvent.Begin or RunEvent.RollBack or RunEvent.Wake or RunEvent.Due or RunEvent.Signal or RunEvent.ChildEnded or RunEvent.ChildRefused
            or RunEvent.Answer => null,
        _ => IgnoredBecause.UnknownEvent,
    };

    private static IgnoredBecause? WhyNotCancelled(RunState state) => state switch
    {
        { Status: RunStatus.Completed or RunStatus.RolledBack or RunStatus.Failed } => IgnoredBecause.RunEnded,
        { CancelRequested: true } => IgnoredBecause.AlreadyCancelled,
        { Status: RunStatus.Compensating } => IgnoredBecause.AlreadyCompensating,
        { Error: not null } => IgnoredBecause.AlreadyFailing,
        _ => null,
    };
}
