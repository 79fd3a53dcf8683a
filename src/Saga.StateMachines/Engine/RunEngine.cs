using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine;

/// <summary>
/// Decides what follows when something happens to a run. It is pure and total: the same arguments give the same decision, and every event in
/// every state is either accepted or ignored by name.
/// </summary>
public static class RunEngine
{
    /// <summary>Applies <paramref name="runEvent"/> to a run that follows <paramref name="plan"/>.</summary>
    public static Decision Apply(Plan plan, RunState state, RunEvent runEvent, DateTimeOffset now) => runEvent switch
    {
        RunEvent.Begin => Begin(plan, state, now),
        RunEvent.Cancel => Cancel(plan, state, now),
        RunEvent.RollBack => RollBack(plan, state, now),
        RunEvent.Wake => Wake(plan, state, now),
        RunEvent.Answer answer => Take(plan, state, answer, now),
        _ => Decision.Ignore(state, IgnoredBecause.UnknownEvent),
    };

    private static Decision Begin(Plan plan, RunState state, DateTimeOffset now)
    {
        if (state.Status != RunStatus.Pending)
        {
            return Decision.Ignore(state, state.Status.IsEnd() ? IgnoredBecause.RunEnded : IgnoredBecause.AlreadyBegun);
        }

        var run = new RunDraft(plan, state, now);
        ForwardWalk.Begin(run);
        return run.Decide();
    }

    private static Decision Cancel(Plan plan, RunState state, DateTimeOffset now)
    {
        if (WhyNotCancelled(state) is { } reason)
        {
            return Decision.Ignore(state, reason);
        }

        var run = new RunDraft(plan, state, now) { CancelRequested = true };
        WalkBack.StartWhenNothingRuns(run);
        return run.Decide();
    }

    private static IgnoredBecause? WhyNotCancelled(RunState state) => state switch
    {
        { Status: RunStatus.Completed or RunStatus.RolledBack or RunStatus.Failed } => IgnoredBecause.RunEnded,
        { CancelRequested: true } => IgnoredBecause.AlreadyCancelled,
        { Status: RunStatus.Compensating } => IgnoredBecause.AlreadyCompensating,
        { Error: not null } => IgnoredBecause.AlreadyFailing,
        _ => null,
    };

    private static Decision RollBack(Plan plan, RunState state, DateTimeOffset now)
    {
        if (state.Status != RunStatus.Completed)
        {
            return Decision.Ignore(state, IgnoredBecause.NotCompleted);
        }

        var run = new RunDraft(plan, state, now);
        WalkBack.Start(run, RunReason.RollBackRequested);
        return run.Decide();
    }

    private static Decision Wake(Plan plan, RunState state, DateTimeOffset now) => state.Status switch
    {
        RunStatus.Pending => Begin(plan, state, now),
        RunStatus.Running or RunStatus.Compensating => new Decision
        {
            State = state,
            Commands = [.. state.Dispatches.Where(state.IsInFlight)],
        },
        _ => Decision.Ignore(state, IgnoredBecause.RunEnded),
    };

    private static Decision Take(Plan plan, RunState state, RunEvent.Answer answer, DateTimeOffset now)
    {
        var (dispatch, ignored) = AnswerMatch.Find(plan, state, answer);
        if (dispatch is null)
        {
            return Decision.Ignore(state, ignored!.Value);
        }

        var run = new RunDraft(plan, state, now);
        switch (answer)
        {
            case RunEvent.StepSucceeded succeeded:
                TakeSuccess(run, dispatch, succeeded);
                return run.Decide() with { Put = succeeded.Put is { Count: > 0 } ? succeeded.Put : null };
            case RunEvent.StepFailed failed:
                TakeFailure(run, dispatch, failed);
                break;
            case RunEvent.StepCompensated compensated:
                run.Forget(dispatch);
                run.RecordCompensated(dispatch.Node, compensated.NothingToDo);
                WalkBack.GoOnFrom(run, dispatch.Node);
                break;
            case RunEvent.StepCompensationFailed failed:
                run.Forget(dispatch);
                run.RecordCompensationFailed(dispatch.Node, failed.Code, failed.Message);
                WalkBack.GoOnFrom(run, dispatch.Node);
                break;
        }

        return run.Decide();
    }

    private static void TakeSuccess(RunDraft run, Dispatch dispatch, RunEvent.StepSucceeded succeeded)
    {
        run.RecordCompleted(dispatch.Node, succeeded.Output);
        if (run.Status == RunStatus.Compensating)
        {
            // The dispatch is kept: it marks the node as a latecomer until it is compensated.
            run.Compensate(dispatch.Node);
            return;
        }

        run.Forget(dispatch);
        if (run.IsStopping)
        {
            WalkBack.StartWhenNothingRuns(run);
        }
        else
        {
            ForwardWalk.GoOnFrom(run, dispatch.Node);
        }
    }

    private static void TakeFailure(RunDraft run, Dispatch dispatch, RunEvent.StepFailed failed)
    {
        run.RecordFailed(dispatch.Node, failed.Code, failed.Message);
        if (!run.CancelRequested)
        {
            // Only the first failure is the reason; what follows from it is no news.
            run.Error ??= new RunError(RunReason.StepFailed(((StepNode)run.Plan.Root.Nodes[dispatch.Node]).Step), run.Nodes.LastIndexOf(NodeStatus.Completed));
        }

        WalkBack.StartWhenNothingRuns(run);
    }
}
