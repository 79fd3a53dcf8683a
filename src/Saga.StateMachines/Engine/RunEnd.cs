namespace Saga.StateMachines.Engine;

/// <summary>What it means that a run has ended.</summary>
public static class RunEnd
{
    /// <summary>True when nothing more happens by itself. Only a completed run can be set in motion again, by rolling it back.</summary>
    public static bool IsEnd(this RunStatus status) => status is RunStatus.Completed or RunStatus.RolledBack or RunStatus.Failed;
}
