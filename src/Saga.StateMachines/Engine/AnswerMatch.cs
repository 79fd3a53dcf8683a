namespace Saga.StateMachines.Engine;

/// <summary>Tells the first answer to a dispatch from every other: only (node, attempt, dispatch id, kind) as they were sent count.</summary>
internal readonly record struct AnswerMatch(Dispatch? Dispatch, IgnoredBecause? Ignored)
{
    public static AnswerMatch Find(RunShape shape, RunState state, RunEvent.Answer answer)
    {
        if (state.Status.IsEnd())
        {
            return No(IgnoredBecause.RunEnded);
        }

        var position = DispatchList.PositionOf(state.Dispatches, answer.DispatchId);
        if (position < 0)
        {
            return No(
                !IsNode(shape, answer.Node) ? IgnoredBecause.UnknownNode
                : answer.DispatchId >= 1 && answer.DispatchId <= state.LastDispatchId ? IgnoredBecause.Duplicate
                : IgnoredBecause.StaleDispatch);
        }

        var dispatch = state.Dispatches[position];
        if (!string.Equals(shape.NameOf(dispatch.Node), answer.Node, StringComparison.Ordinal))
        {
            return No(IsNode(shape, answer.Node) ? IgnoredBecause.StaleDispatch : IgnoredBecause.UnknownNode);
        }

        if (dispatch.Attempt != answer.Attempt || dispatch.Kind != answer.To)
        {
            return No(IgnoredBecause.StaleDispatch);
        }

        return state.IsInFlight(dispatch) || IsLateSuccess(state, dispatch, answer)
            ? new AnswerMatch(dispatch, Ignored: null)
            : No(IgnoredBecause.Duplicate);
    }

    /// <summary>Finds the outstanding business of a node that is no step.</summary>
    public static AnswerMatch Find(RunState state, int node, params ReadOnlySpan<DispatchKind> kinds)
    {
        foreach (var dispatch in state.Dispatches)
        {
            if (dispatch.Node == node && kinds.Contains(dispatch.Kind) && state.IsInFlight(dispatch))
            {
                return new AnswerMatch(dispatch, Ignored: null);
            }
        }

        return No(node < 0 || node >= state.Nodes.Count ? IgnoredBecause.UnknownNode : IgnoredBecause.Duplicate);
    }

    /// <summary>It did run after all, so it must be compensated too.</summary>
    private static bool IsLateSuccess(RunState state, Dispatch dispatch, RunEvent.Answer answer) =>
        answer is RunEvent.StepSucceeded or RunEvent.StepAwaits && state.Nodes[dispatch.Node] == NodeStatus.Failed;

    // The name of a node that was laid out while the run walked has its item in brackets; it is not worth parsing, only to name the reason.
    private static bool IsNode(RunShape shape, string name) => shape.Plan.Root.IndexOf(name) >= 0 || (name is not null && name.Contains('[', StringComparison.Ordinal));

    private static AnswerMatch No(IgnoredBecause reason) => new(Dispatch: null, reason);
}
