using Saga.StateMachines.Engine;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>What somebody who reads only the ledger believes, in its words.</summary>
internal static class LedgerFold
{
    private const string NoRow = "pending";

    public static IReadOnlyList<string> Of(int nodes, IEnumerable<LedgerChange> ledger)
    {
        var statuses = Enumerable.Repeat(NoRow, nodes).ToArray();
        foreach (var change in ledger)
        {
            statuses[change.Node] = StatusAfter(change);
        }

        return statuses;
    }

    /// <summary>What the ledger should say of the nodes of a run. It does not tell containers from steps.</summary>
    public static IReadOnlyList<string> Of(NodeStates nodes) => [.. Enumerable.Range(0, nodes.Count).Select(node => WordFor(nodes[node]))];

    private static string StatusAfter(LedgerChange change) => change switch
    {
        LedgerChange.ItemPlanned => NoRow,
        LedgerChange.NodeStarted or LedgerChange.NodeResumed => "running",
        LedgerChange.NodeSkipped => "skipped",
        LedgerChange.NodeCompleted => "completed",
        LedgerChange.NodeFailed or LedgerChange.NodeGaveUp => "failed",
        LedgerChange.NodeUnknown => "unknown",
        LedgerChange.NodeRetrying => "retrying",
        LedgerChange.NodeWaiting => "waiting",
        LedgerChange.CompensationStarted or LedgerChange.CompensationRetrying => "compensating",
        LedgerChange.NodeCompensated => "compensated",
        LedgerChange.CompensationFailed => "compensation_failed",
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "No such change."),
    };

    private static string WordFor(NodeStatus status) => status switch
    {
        NodeStatus.Pending => NoRow,
        NodeStatus.Running or NodeStatus.Open => "running",
        NodeStatus.Completed => "completed",
        NodeStatus.Failed or NodeStatus.Broken => "failed",
        NodeStatus.Compensating or NodeStatus.CompensationRetrying or NodeStatus.Unwinding => "compensating",
        NodeStatus.Compensated => "compensated",
        NodeStatus.CompensationFailed => "compensation_failed",
        NodeStatus.Skipped => "skipped",
        NodeStatus.Waiting => "waiting",
        NodeStatus.Retrying => "retrying",
        NodeStatus.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };
}
