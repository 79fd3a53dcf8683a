using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine;

/// <summary>Tells the first answer to a dispatch from every other: only (node, attempt, dispatch id, kind) as they were sent count.</summary>
internal readonly record struct AnswerMatch(Dispatch? Dispatch, IgnoredBecause? Ignored)
{
    public static AnswerMatch Find(Plan plan, RunState state, RunEvent.Answer answer)
    {
        if (state.Status.IsEnd())
        {
            return No(IgnoredBecause.RunEnded);
        }

        var node = plan.Root.IndexOf(answer.Node);
        if (node < 0)
        {
            return No(IgnoredBecause.UnknownNode);
        }

        var position = DispatchList.PositionOf(state.Dispatches, answer.DispatchId);
        if (position < 0)
        {
            var wasMade = answer.DispatchId >= 1 && answer.DispatchId <= state.LastDispatchId;
            return No(wasMade ? IgnoredBecause.Duplicate : IgnoredBecause.StaleDispatch);
        }

        var dispatch = state.Dispatches[position];
        if (dispatch.Node != node || dispatch.Attempt != answer.Attempt || dispatch.Kind != answer.To)
        {
            return No(IgnoredBecause.StaleDispatch);
        }

        return state.IsInFlight(dispatch) || IsLateSuccess(state, dispatch, answer)
            ? new AnswerMatch(dispatch, Ignored: null)
            : No(IgnoredBecause.Duplicate);
    }

    /// <summary>It did run after all, so it must be compensated too.</summary>
    private static bool IsLateSuccess(RunState state, Dispatch dispatch, RunEvent.Answer answer) =>
        answer is RunEvent.StepSucceeded && state.Nodes[dispatch.Node] == NodeStatus.Failed;

    private static AnswerMatch No(IgnoredBecause reason) => new(Dispatch: null, reason);
}
