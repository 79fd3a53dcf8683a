using System.Buffers;

namespace Saga.StateMachines.Engine;

/// <summary>Sets of node statuses the engine asks for again and again, ready for a vectorised search.</summary>
internal static class StatusSets
{
    /// <summary>Nothing more happens to it while the run walks forward, and what depends on it may start.</summary>
    public static readonly SearchValues<byte> Settled = Of(NodeStatus.Completed, NodeStatus.Skipped);

    /// <summary>It waits, and nobody works for it: it can be stopped at once.</summary>
    public static readonly SearchValues<byte> Resting = Of(NodeStatus.Waiting, NodeStatus.Retrying);

    /// <summary>The walk back has something to do or to wait for.</summary>
    public static readonly SearchValues<byte> Standing = Of(
        NodeStatus.Completed, NodeStatus.Unknown, NodeStatus.Open, NodeStatus.Broken, NodeStatus.Running, NodeStatus.Waiting, NodeStatus.Retrying,
        NodeStatus.Compensating, NodeStatus.CompensationRetrying, NodeStatus.Unwinding);

    /// <summary>True when what it did has not begun to be compensated.</summary>
    public static bool IsCompensable(NodeStatus status) =>
        status is NodeStatus.Completed or NodeStatus.Unknown or NodeStatus.Open or NodeStatus.Broken;

    /// <summary>True when the walk back has something to do or to wait for.</summary>
    public static bool IsStanding(NodeStatus status) => Standing.Contains((byte)status);

    /// <summary>True when what depends on it may start.</summary>
    public static bool IsSettled(NodeStatus status) => status is NodeStatus.Completed or NodeStatus.Skipped;

    private static SearchValues<byte> Of(params ReadOnlySpan<NodeStatus> statuses)
    {
        var bytes = new byte[statuses.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)statuses[i];
        }

        return SearchValues.Create(bytes);
    }
}
