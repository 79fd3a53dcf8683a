using Saga.StateMachines.Engine;

namespace Saga.StateMachines.Persistence;

/// <summary>Between the row and what the engine thinks in.</summary>
public static class RunStateMapping
{
    /// <summary>The state of the row, as the engine knows it.</summary>
    /// <exception cref="FormatException">The row holds what no version of the engine wrote.</exception>
    public static RunState ToState(this Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new RunState
        {
            Status = Enum.Parse<RunStatus>(run.CurrentState),
            Nodes = NodeStates.Parse(run.Nodes),
            Blocks = BlockList.Parse(run.Blocks),
            Awaits = AwaitedSignals.Parse(run.Awaits),
            InboxCount = run.InboxCount,
            Dispatches = DispatchList.Parse(run.Dispatches),
            LastDispatchId = run.LastDispatchId,
            CancelRequested = run.CancelRequested,
            Error = run.Error is null ? null : RunError.Parse(run.Error),
        };
    }

    /// <summary>Takes over everything but the status, which the state machine sets by its transitions.</summary>
    public static void Take(this Run run, RunState state)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(state);
        run.Nodes = state.Nodes.ToString();
        run.Blocks = BlockList.Format(state.Blocks);
        run.Awaits = AwaitedSignals.Format(state.Awaits);
        run.InboxCount = state.InboxCount;
        run.Dispatches = DispatchList.Format(state.Dispatches);
        run.LastDispatchId = state.LastDispatchId;
        run.CancelRequested = state.CancelRequested;
        run.Error = state.Error?.ToJson();
    }
}
