using Saga.StateMachines.Engine;

namespace Saga.StateMachines.Persistence;

/// <summary>The states of runs, as their rows name them.</summary>
internal static class RunStates
{
    /// <summary>Those of runs that have not ended.</summary>
    public static readonly string[] Live = [nameof(RunStatus.Pending), nameof(RunStatus.Running), nameof(RunStatus.Compensating)];
}
