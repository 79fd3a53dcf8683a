using Saga.StateMachines.Engine;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>A run as a restarted process finds it: nothing but the text in its row.</summary>
internal static class StoredState
{
    public static RunState Reload(RunState state) => state with
    {
        Nodes = NodeStates.Parse(state.Nodes.ToString()),
        Dispatches = DispatchList.Parse(DispatchList.Format(state.Dispatches)),
        Error = state.Error is null ? null : RunError.Parse(state.Error.ToJson()),
    };
}
