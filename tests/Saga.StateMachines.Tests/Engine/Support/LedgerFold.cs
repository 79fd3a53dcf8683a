using Saga.StateMachines.Engine;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>What somebody who reads only the ledger believes, in its words.</summary>
internal sealed class LedgerFold
{
    private const string NoRow = "pending";

    private readonly Dictionary<int, string> _statuses = [];

    public void Add(LedgerChange change) => _statuses[change.Node] = StatusAfter(change);

    public string Of(int node) => _statuses.GetValueOrDefault(node, NoRow);

    /// <summary>What the ledger should say of a node. It does not tell containers from steps.</summary>
    public static string Of(NodeStates nodes, int node) => WordFor(nodes[node]);

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
