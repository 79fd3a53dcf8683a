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
    // A message may change a row more than once.
    private readonly Dictionary<(Guid RunId, int Node), LedgerRow> _changed = [];

    /// <summary>
    /// What these nodes received and returned. Not tracked: a row this message changes is tracked without its input and output, and a tracking
    /// query would return that one.
    /// </summary>
    public async Task<IReadOnlyDictionary<int, NodeData>> ReadAsync(Guid runId, IReadOnlyCollection<int> nodes, CancellationToken cancellationToken) =>
        await dbContext.Ledger.AsNoTracking()
            .Where(row => row.RunId == runId && nodes.Contains(row.NodeIndex))
            .Select(row => new { row.NodeIndex, Data = new NodeData(row.Input, row.Output) })
            .ToDictionaryAsync(row => row.NodeIndex, row => row.Data, cancellationToken);

    /// <summary>Applies the changes, in their order.</summary>
    public void Apply(Guid runId, Plan plan, IEnumerable<LedgerChange> changes)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(changes);
        foreach (var change in changes)
            Apply(runId, plan.Root.Nodes[change.Node], change);
    }

    private void Apply(Guid runId, PlanNode node, LedgerChange change)
    {
        var at = change.At;
        switch (change)
        {
            case LedgerChange.NodeStarted started:
                var born = new LedgerRow
                {
                    RunId = runId,
                    NodeIndex = node.Index,
                    Name = node.Name,
                    Step = ((StepNode)node).Step,
                    Status = "running",
                    Attempts = started.Attempt,
                    StartedAt = at,
                };
                _changed[(runId, node.Index)] = born;
                rows.Insert(born);
                break;

            case LedgerChange.NodeCompleted completed:
                Change(runId, node, "completed", row =>
                {
                    row.Output = completed.Output is { } output ? output.GetRawText() : null;
                    row.ErrorCode = null;
                    row.ErrorMessage = null;
                    row.CompletedAt = at;
                }, nameof(LedgerRow.Output), nameof(LedgerRow.ErrorCode), nameof(LedgerRow.ErrorMessage), nameof(LedgerRow.CompletedAt));
                break;

            case LedgerChange.NodeFailed failed:
                Change(runId, node, "failed", row =>
                {
                    row.ErrorCode = StorableText.From(failed.Code);
                    row.ErrorMessage = StorableText.From(failed.Message);
                    row.CompletedAt = at;
                }, nameof(LedgerRow.ErrorCode), nameof(LedgerRow.ErrorMessage), nameof(LedgerRow.CompletedAt));
                break;

            case LedgerChange.CompensationStarted started:
                Change(runId, node, "compensating", row =>
                {
                    row.CompensationAttempts = started.Attempt;
                    row.CompensationStartedAt = at;
                }, nameof(LedgerRow.CompensationAttempts), nameof(LedgerRow.CompensationStartedAt));
                break;

            case LedgerChange.NodeCompensated compensated:
                Change(runId, node, "compensated", row =>
                {
                    row.Compensation = compensated.NothingToDo ? "nothing_to_do" : "done";
                    row.CompensationCompletedAt = at;
                }, nameof(LedgerRow.Compensation), nameof(LedgerRow.CompensationCompletedAt));
                break;

            case LedgerChange.CompensationFailed failed:
                Change(runId, node, "compensation_failed", row =>
                {
                    row.Compensation = "failed";
                    row.CompensationErrorCode = StorableText.From(failed.Code);
                    row.CompensationErrorMessage = StorableText.From(failed.Message);
                    row.CompensationCompletedAt = at;
                }, nameof(LedgerRow.Compensation), nameof(LedgerRow.CompensationErrorCode), nameof(LedgerRow.CompensationErrorMessage),
                    nameof(LedgerRow.CompensationCompletedAt));
                break;

            default:
                throw new InvalidOperationException($"The ledger does not know the change {change.GetType().Name}.");
        }
    }

    /// <summary>Changes a node's row, read before or not.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="node">The node.</param>
    /// <param name="status">The node's new status.</param>
    /// <param name="change">Sets the other columns.</param>
    /// <param name="columns">The columns that <paramref name="change"/> sets.</param>
    private void Change(Guid runId, PlanNode node, string status, Action<LedgerRow> change, params ReadOnlySpan<string> columns)
    {
        if (!_changed.TryGetValue((runId, node.Index), out var row))
        {
            row = new LedgerRow { RunId = runId, NodeIndex = node.Index };
            _changed.Add((runId, node.Index), row);
        }

        change(row);
        row.Status = status;
        rows.Update(row, [nameof(LedgerRow.Status), .. columns]);
    }
}
