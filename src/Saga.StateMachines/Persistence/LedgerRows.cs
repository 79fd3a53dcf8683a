using Saga.EntityFrameworkCore.Writing;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Persistence;

/// <summary>The rows of the ledger that one message writes. They are changed without having been read.</summary>
internal sealed class LedgerRows(UntrackedRows<RunDbContext> rows)
{
    // A message may change a row more than once.
    private readonly Dictionary<(Guid RunId, int Node), LedgerRow> _changed = [];

    /// <summary>A row is born.</summary>
    public LedgerRow Insert(Guid runId, RunShape shape, int index, string status)
    {
        var node = shape.NodeAt(index);
        var row = new LedgerRow
        {
            RunId = runId,
            NodeIndex = index,
            Name = shape.NameOf(index),
            Kind = node.Kind,
            Step = (node as StepNode)?.Step,
            Status = status,
        };
        _changed[(runId, index)] = row;
        rows.Insert(row);
        return row;
    }

    /// <summary>The node waits no more.</summary>
    public void EndWait(Guid runId, int node)
    {
        var row = RowOf(runId, node);
        row.WakeAt = null;
        row.WaitingFor = null;
        rows.Update(row, nameof(LedgerRow.WakeAt), nameof(LedgerRow.WaitingFor));
    }

    /// <summary>Changes a node's row, read before or not.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="node">The position of the node.</param>
    /// <param name="status">The node's new status.</param>
    /// <param name="change">Sets the other columns.</param>
    /// <param name="columns">The columns that <paramref name="change"/> sets.</param>
    public void Change(Guid runId, int node, string status, Action<LedgerRow> change, params ReadOnlySpan<string> columns)
    {
        var row = RowOf(runId, node);
        change(row);
        row.Status = status;
        rows.Update(row, [nameof(LedgerRow.Status), .. columns]);
    }

    private LedgerRow RowOf(Guid runId, int node)
    {
        if (!_changed.TryGetValue((runId, node), out var row))
        {
            row = new LedgerRow { RunId = runId, NodeIndex = node };
            _changed.Add((runId, node), row);
        }

        return row;
    }
}
