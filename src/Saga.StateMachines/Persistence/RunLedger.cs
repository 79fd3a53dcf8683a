using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Writing;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Persistence;

/// <summary>
/// Writes what the engine says happened into the ledger, as part of the message's transaction. Rows are changed without reading them first.
/// </summary>
public sealed class RunLedger(RunDbContext dbContext, UntrackedRows<RunDbContext> rows)
{
    private readonly LedgerRows _rows = new(rows);

    /// <summary>What these nodes received and returned, with what this message says of them, which is not in the database yet.</summary>
    /// <param name="run">The run.</param>
    /// <param name="nodes">The positions of the nodes.</param>
    /// <param name="soon">Nodes that will be asked for soon: as many of them are read as well as the run can remember, if any is read at all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyDictionary<int, NodeData>> ReadAsync(
        Run run, IReadOnlyCollection<int> nodes, IEnumerable<int> soon, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        // Reading may make the run forget the others that were asked for.
        var memory = run.Memory;
        var unknown = nodes.Where(node => !memory.TryGet(node, out _)).ToHashSet();
        var stored = unknown.Count == 0 ? [] : await ReadStoredAsync(run, unknown, soon, cancellationToken);
        return nodes.Distinct().ToDictionary(node => node, node => _rows.Newest(
            run.CorrelationId, node, memory.TryGet(node, out var known) ? known : stored.GetValueOrDefault(node)));
    }

    /// <summary>True when that wait ends after <paramref name="now"/>, and nobody has found it due.</summary>
    public Task<bool> WaitsLongerAsync(Guid runId, int node, long wakeId, DateTimeOffset now, CancellationToken cancellationToken) =>
        dbContext.Ledger.AsNoTracking().AnyAsync(
            row => row.RunId == runId && row.NodeIndex == node && row.WakeId == wakeId && row.WakeAt > now, cancellationToken);

    /// <summary>Applies the changes, in their order.</summary>
    /// <param name="run">The run.</param>
    /// <param name="before">Where it stood.</param>
    /// <param name="shape">All its nodes, with those that were laid out now.</param>
    /// <param name="changes">The changes.</param>
    public void Apply(Run run, RunState before, RunShape shape, IEnumerable<LedgerChange> changes)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(changes);
        var runId = run.CorrelationId;
        foreach (var change in changes)
        {
            _rows.EndWait(runId, change.Node, waited: change.Node < before.Nodes.Count && IsWait(before.Nodes[change.Node]));
            Apply(runId, shape, change);
        }

        run.Memory = _rows.Remember(run);
    }

    // Not tracked: a row this message changes is tracked without its other columns, and a tracking query would return that one.
    private async Task<Dictionary<int, NodeData>> ReadStoredAsync(
        Run run, HashSet<int> unknown, IEnumerable<int> soon, CancellationToken cancellationToken)
    {
        var runId = run.CorrelationId;
        int[] nodes = [.. unknown.Union(soon.Where(node => !run.Memory.TryGet(node, out _)).Take(run.Memory.Room))];
        var stored = await dbContext.Ledger.AsNoTracking()
            .Where(row => row.RunId == runId && nodes.Contains(row.NodeIndex))
            .Select(row => new { row.NodeIndex, Data = new NodeData(row.Input, row.Output, row.Snapshot, row.Resumption) })
            .ToDictionaryAsync(row => row.NodeIndex, row => row.Data, cancellationToken);
        run.Memory = run.Memory.WithRead(stored);
        return stored;
    }

    private static bool IsWait(NodeStatus status) => status is NodeStatus.Waiting or NodeStatus.Retrying or NodeStatus.CompensationRetrying;

    private void Apply(Guid runId, RunShape shape, LedgerChange change)
    {
        if (!ApplyStart(runId, shape, change) && !ApplyEnd(runId, change) && !ApplyWait(runId, change) && !ApplyCompensation(runId, change))
            throw new InvalidOperationException($"The ledger does not know the change {change.GetType().Name}.");
    }

    /// <summary>Rows are born. False when the change is of another kind.</summary>
    private bool ApplyStart(Guid runId, RunShape shape, LedgerChange change)
    {
        var at = change.At;
        switch (change)
        {
            case LedgerChange.ItemPlanned planned:
                _rows.Insert(runId, shape, planned.Node, "pending").Input = planned.Item.GetRawText();
                break;

            case LedgerChange.NodeStarted { HasRow: true }:
                _rows.Change(runId, change.Node, "running", row =>
                {
                    row.Attempts = 1;
                    row.StartedAt = at;
                }, nameof(LedgerRow.Attempts), nameof(LedgerRow.StartedAt));
                break;

            case LedgerChange.NodeStarted started:
                var born = _rows.Insert(runId, shape, started.Node, "running");
                born.Attempts = started.Attempt;
                born.StartedAt = at;
                born.Input = started.Input?.GetRawText();
                born.ChildRunId = shape.NodeAt(started.Node) is ChildNode ? ChildRunId.Of(runId, started.Node) : null;
                break;

            case LedgerChange.NodeSkipped { HasRow: true }:
                _rows.Change(runId, change.Node, "skipped", row => row.CompletedAt = at, nameof(LedgerRow.CompletedAt));
                break;

            case LedgerChange.NodeSkipped:
                _rows.Insert(runId, shape, change.Node, "skipped").CompletedAt = at;
                break;

            default:
                return false;
        }

        return true;
    }

    /// <summary>Nodes end. False when the change is of another kind.</summary>
    private bool ApplyEnd(Guid runId, LedgerChange change)
    {
        var at = change.At;
        switch (change)
        {
            case LedgerChange.NodeCompleted completed:
                _rows.Change(runId, change.Node, "completed", row =>
                {
                    row.Output = completed.Output?.GetRawText();
                    row.ErrorCode = null;
                    row.ErrorMessage = null;
                    row.CompletedAt = at;
                }, nameof(LedgerRow.Output), nameof(LedgerRow.ErrorCode), nameof(LedgerRow.ErrorMessage), nameof(LedgerRow.CompletedAt));
                break;

            case LedgerChange.NodeFailed failed:
                _rows.Change(runId, change.Node, "failed", row =>
                {
                    row.ErrorCode = StorableText.From(failed.Code);
                    row.ErrorMessage = StorableText.From(failed.Message);
                    row.Output = failed.Result?.GetRawText();
                    row.CompletedAt = at;
                }, nameof(LedgerRow.ErrorCode), nameof(LedgerRow.ErrorMessage), nameof(LedgerRow.Output), nameof(LedgerRow.CompletedAt));
                break;

            case LedgerChange.NodeGaveUp:
                _rows.Change(runId, change.Node, "failed", row => row.CompletedAt = at, nameof(LedgerRow.CompletedAt));
                break;

            case LedgerChange.NodeUnknown:
                _rows.Change(runId, change.Node, "unknown", row => row.CompletedAt = at, nameof(LedgerRow.CompletedAt));
                break;

            default:
                return false;
        }

        return true;
    }

    /// <summary>Nodes wait and go on. False when the change is of another kind.</summary>
    private bool ApplyWait(Guid runId, LedgerChange change)
    {
        switch (change)
        {
            case LedgerChange.NodeRetrying retrying:
                _rows.Change(runId, change.Node, "retrying", row =>
                {
                    row.ErrorCode = StorableText.From(retrying.Code);
                    row.ErrorMessage = StorableText.From(retrying.Message);
                    row.WakeAt = retrying.WakeAt;
                    row.WakeId = retrying.WakeId;
                }, nameof(LedgerRow.ErrorCode), nameof(LedgerRow.ErrorMessage), nameof(LedgerRow.WakeAt), nameof(LedgerRow.WakeId));
                break;

            case LedgerChange.NodeWaiting waiting:
                _rows.Change(runId, change.Node, "waiting", row =>
                {
                    row.WaitingFor = waiting.Signals is { } signals ? AwaitedSignals.Format([signals]) : null;
                    row.Snapshot = waiting.Snapshot?.GetRawText();
                    row.WakeAt = waiting.WakeAt;
                    row.WakeId = waiting.WakeId;
                }, nameof(LedgerRow.WaitingFor), nameof(LedgerRow.Snapshot), nameof(LedgerRow.WakeAt), nameof(LedgerRow.WakeId));
                break;

            case LedgerChange.NodeResumed { Resumption: { } resumption } resumed:
                _rows.Change(runId, change.Node, "running", row =>
                {
                    row.Attempts = resumed.Attempt;
                    row.WakeAt = null;
                    row.WaitingFor = null;
                    row.Resumption = JsonSerializer.Serialize(resumption, JsonSerializerOptions.Web);
                }, nameof(LedgerRow.Attempts), nameof(LedgerRow.WakeAt), nameof(LedgerRow.WaitingFor), nameof(LedgerRow.Resumption));
                break;

            case LedgerChange.NodeResumed resumed:
                _rows.Change(runId, change.Node, "running", row => row.Attempts = resumed.Attempt, nameof(LedgerRow.Attempts));
                break;

            default:
                return false;
        }

        return true;
    }

    /// <summary>Nodes are compensated. False when the change is of another kind.</summary>
    private bool ApplyCompensation(Guid runId, LedgerChange change)
    {
        var at = change.At;
        switch (change)
        {
            case LedgerChange.CompensationStarted started:
                _rows.Change(runId, change.Node, "compensating", row =>
                {
                    row.CompensationAttempts = started.Attempt;
                    row.CompensationStartedAt ??= at;
                }, started.Attempt == 1
                    ? [nameof(LedgerRow.CompensationAttempts), nameof(LedgerRow.CompensationStartedAt)]
                    : [nameof(LedgerRow.CompensationAttempts)]);
                break;

            case LedgerChange.CompensationRetrying retrying:
                _rows.Change(runId, change.Node, "compensating", row =>
                {
                    row.CompensationErrorCode = StorableText.From(retrying.Code);
                    row.CompensationErrorMessage = StorableText.From(retrying.Message);
                    row.WakeAt = retrying.WakeAt;
                    row.WakeId = retrying.WakeId;
                }, nameof(LedgerRow.CompensationErrorCode), nameof(LedgerRow.CompensationErrorMessage), nameof(LedgerRow.WakeAt), nameof(LedgerRow.WakeId));
                break;

            case LedgerChange.NodeCompensated compensated:
                _rows.Change(runId, change.Node, "compensated", row =>
                {
                    row.Compensation = compensated.NothingToDo ? "nothing_to_do" : "done";
                    row.CompensationErrorCode = null;
                    row.CompensationErrorMessage = null;
                    row.CompensationCompletedAt = at;
                }, nameof(LedgerRow.Compensation), nameof(LedgerRow.CompensationErrorCode), nameof(LedgerRow.CompensationErrorMessage),
                    nameof(LedgerRow.CompensationCompletedAt));
                break;

            case LedgerChange.CompensationFailed failed:
                _rows.Change(runId, change.Node, "compensation_failed", row =>
                {
                    row.Compensation = "failed";
                    row.CompensationErrorCode = StorableText.From(failed.Code);
                    row.CompensationErrorMessage = StorableText.From(failed.Message);
                    row.CompensationCompletedAt = at;
                }, nameof(LedgerRow.Compensation), nameof(LedgerRow.CompensationErrorCode), nameof(LedgerRow.CompensationErrorMessage),
                    nameof(LedgerRow.CompensationCompletedAt));
                break;

            default:
                return false;
        }

        return true;
    }
}
