using Saga.StateMachines.Engine;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>A run as a restarted process finds it: nothing but the text in its row.</summary>
internal static class StoredState
{
    public static RunState Reload(RunState state) => new()
    {
        Status = state.Status,
        Nodes = NodeStates.Parse(state.Nodes.ToString()),
        Blocks = BlockList.Parse(BlockList.Format(state.Blocks)),
        Dispatches = DispatchList.Parse(DispatchList.Format(state.Dispatches)),
        LastDispatchId = state.LastDispatchId,
        Awaits = AwaitedSignals.Parse(AwaitedSignals.Format(state.Awaits)),
        InboxCount = state.InboxCount,
        CancelRequested = state.CancelRequested,
        Error = state.Error is null ? null : RunError.Parse(state.Error.ToJson()),
    };
}
