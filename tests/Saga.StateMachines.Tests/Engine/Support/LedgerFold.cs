using Saga.StateMachines.Engine;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>What somebody who reads only the ledger believes.</summary>
internal static class LedgerFold
{
    public static NodeStates Of(int nodes, IEnumerable<LedgerChange> ledger) =>
        ledger.Aggregate(NodeStates.AllPending(nodes), (states, change) => states.With(change.Node, StatusAfter(change)));

    private static NodeStatus StatusAfter(LedgerChange change) => change switch
    {
        LedgerChange.NodeStarted => NodeStatus.Running,
        LedgerChange.NodeCompleted => NodeStatus.Completed,
        LedgerChange.NodeFailed => NodeStatus.Failed,
        LedgerChange.CompensationStarted => NodeStatus.Compensating,
        LedgerChange.NodeCompensated => NodeStatus.Compensated,
        LedgerChange.CompensationFailed => NodeStatus.CompensationFailed,
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "No such change."),
    };
}
