namespace Saga.StateMachines.Engine;

/// <summary>Why a run walks back.</summary>
public static class RunReason
{
    /// <summary>Somebody cancelled it.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>It had completed, and somebody wants everything removed.</summary>
    public const string RollBackRequested = "rollback_requested";

    /// <summary>A node that is no step failed.</summary>
    public static string NodeFailed(string code, string node) => $"{code}:{node}";

    /// <summary>A step failed.</summary>
    public static string StepFailed(string step) => $"step_failed:{step}";
}
