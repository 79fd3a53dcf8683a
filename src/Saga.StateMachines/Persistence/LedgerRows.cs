using Saga.EntityFrameworkCore.Writing;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Persistence;

/// <summary>The rows of the ledger that one message writes. They are changed without having been read.</summary>
internal sealed class LedgerRows(UntrackedRows<RunDbContext> rows)
{
    // A message may change a row more than once.
    private readonly Dictionary<(Guid RunId, int Node), LedgerRow> _changed = [];
    private readonly HashSet<LedgerRow> _born = [];
    private readonly HashSet<(LedgerRow Row, string Column)> _written = [];

    /// <summary>What the database says, with what this message has changed and not yet committed.</summary>
    public NodeData Newest(Guid runId, int node, NodeData? stored)
    {
        var row = _changed.GetValueOrDefault((runId, node));
        return new NodeData(
            row?.Input ?? stored?.Input,
            Newer(nameof(LedgerRow.Output), row?.Output, stored?.Output),
            Newer(nameof(LedgerRow.Snapshot), row?.Snapshot, stored?.Snapshot),
            Newer(nameof(LedgerRow.Resumption), row?.Resumption, stored?.Resumption));

        string? Newer(string column, string? own, string? old) => row is not null && _written.Contains((row, column)) ? own : old;
    }

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
        _born.Add(row);
        rows.Insert(row);
        return row;
    }

    /// <summary>What the run remembers of its ledger once this message is committed.</summary>
    public RunMemory Remember(Run run)
    {
        var memory = run.Memory;
        foreach (var ((runId, node), row) in _changed)
        {
            // Of a row that was not read, only the changed columns are known.
            if (runId == run.CorrelationId && (memory.TryGet(node, out var known) || _born.Contains(row)))
                memory = memory.WithWritten(node, Newest(runId, node, known));
        }

        return memory;
    }

    /// <summary>The node waits no more, if it did: before this message, or since an earlier change of it.</summary>
    public void EndWait(Guid runId, int node, bool waited)
    {
        if (!waited && _changed.GetValueOrDefault((runId, node)) is not ({ WakeAt: not null } or { WaitingFor: not null }))
            return;

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
        foreach (var column in columns)
            _written.Add((row, column));
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
