using System.Text.Json;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Persistence;

/// <summary>What each change that the engine notes means for the node's row.</summary>
internal static class LedgerWriting
{
    /// <summary>Changes the row.</summary>
    /// <param name="rows">The rows that the message writes.</param>
    /// <param name="runId">The run.</param>
    /// <param name="shape">All its nodes.</param>
    /// <param name="change">What happened.</param>
    public static void Apply(LedgerRows rows, Guid runId, RunShape shape, LedgerChange change)
    {
        if (!ApplyStart(rows, runId, shape, change) && !ApplyEnd(rows, runId, change) && !ApplyWait(rows, runId, change) && !ApplyCompensation(rows, runId, change))
            throw new InvalidOperationException($"The ledger does not know the change {change.GetType().Name}.");
    }

    /// <summary>Rows are born. False when the change is of another kind.</summary>
    private static bool ApplyStart(LedgerRows rows, Guid runId, RunShape shape, LedgerChange change)
    {
        var at = change.At;
        switch (change)
        {
            case LedgerChange.ItemPlanned planned:
                rows.Insert(runId, shape, planned.Node, "pending").Input = planned.Item.GetRawText();
                break;

            case LedgerChange.NodeStarted { HasRow: true }:
                rows.Change(runId, change.Node, "running", row =>
                {
                    row.Attempts = 1;
                    row.StartedAt = at;
                }, nameof(LedgerRow.Attempts), nameof(LedgerRow.StartedAt));
                break;

            case LedgerChange.NodeStarted started:
                var born = rows.Insert(runId, shape, started.Node, "running");
                born.Attempts = started.Attempt;
                born.StartedAt = at;
                born.Input = started.Input?.GetRawText();
                born.ChildRunId = shape.NodeAt(started.Node) is ChildNode ? ChildRunId.Of(runId, started.Node) : null;
                break;

            case LedgerChange.NodeSkipped { HasRow: true }:
                rows.Change(runId, change.Node, "skipped", row => row.CompletedAt = at, nameof(LedgerRow.CompletedAt));
                break;

            case LedgerChange.NodeSkipped:
                rows.Insert(runId, shape, change.Node, "skipped").CompletedAt = at;
                break;

            default:
                return false;
        }

        return true;
    }

    /// <summary>Nodes end. False when the change is of another kind.</summary>
    private static bool ApplyEnd(LedgerRows rows, Guid runId, LedgerChange change)
    {
        var at = change.At;
        switch (change)
        {
            case LedgerChange.NodeCompleted completed:
                rows.Change(runId, change.Node, "completed", row =>
                {
                    row.Output = completed.Output?.GetRawText();
                    row.ErrorCode = null;
                    row.ErrorMessage = null;
                    row.CompletedAt = at;
                }, nameof(LedgerRow.Output), nameof(LedgerRow.ErrorCode), nameof(LedgerRow.ErrorMessage), nameof(LedgerRow.CompletedAt));
                break;

            case LedgerChange.NodeFailed failed:
                rows.Change(runId, change.Node, "failed", row =>
                {
                    row.ErrorCode = StorableText.From(failed.Code);
                    row.ErrorMessage = StorableText.From(failed.Message);
                    row.Output = failed.Result?.GetRawText();
                    row.CompletedAt = at;
                }, nameof(LedgerRow.ErrorCode), nameof(LedgerRow.ErrorMessage), nameof(LedgerRow.Output), nameof(LedgerRow.CompletedAt));
                break;

            case LedgerChange.NodeGaveUp:
                rows.Change(runId, change.Node, "failed", row => row.CompletedAt = at, nameof(LedgerRow.CompletedAt));
                break;

            case LedgerChange.NodeUnknown { Code: null }:
                rows.Change(runId, change.Node, "unknown", row => row.CompletedAt = at, nameof(LedgerRow.CompletedAt));
                break;

            case LedgerChange.NodeUnknown unknown:
                rows.Change(runId, change.Node, "unknown", row =>
                {
                    row.ErrorCode = StorableText.From(unknown.Code);
                    row.ErrorMessage = StorableText.From(unknown.Message);
                    row.Output = unknown.Output?.GetRawText();
                    row.CompletedAt = at;
                }, nameof(LedgerRow.ErrorCode), nameof(LedgerRow.ErrorMessage), nameof(LedgerRow.Output), nameof(LedgerRow.CompletedAt));
                break;

            default:
                return false;
        }

        return true;
    }

    /// <summary>Nodes wait and go on. False when the change is of another kind.</summary>
    private static bool ApplyWait(LedgerRows rows, Guid runId, LedgerChange change)
    {
        switch (change)
        {
            case LedgerChange.NodeRetrying retrying:
                rows.Change(runId, change.Node, "retrying", row =>
                {
                    row.ErrorCode = StorableText.From(retrying.Code);
                    row.ErrorMessage = StorableText.From(retrying.Message);
                    row.WakeAt = retrying.WakeAt;
                    row.WakeId = retrying.WakeId;
                }, nameof(LedgerRow.ErrorCode), nameof(LedgerRow.ErrorMessage), nameof(LedgerRow.WakeAt), nameof(LedgerRow.WakeId));
                break;

            case LedgerChange.NodeWaiting waiting:
                rows.Change(runId, change.Node, "waiting", row =>
                {
                    row.WaitingFor = waiting.Signals is { } signals ? AwaitedSignals.Format([signals]) : null;
                    row.Snapshot = waiting.Snapshot?.GetRawText();
                    row.WakeAt = waiting.WakeAt;
                    row.WakeId = waiting.WakeId;
                }, nameof(LedgerRow.WaitingFor), nameof(LedgerRow.Snapshot), nameof(LedgerRow.WakeAt), nameof(LedgerRow.WakeId));
                break;

            case LedgerChange.NodeResumed { Resumption: { } resumption } resumed:
                rows.Change(runId, change.Node, "running", row =>
                {
                    row.Attempts = resumed.Attempt;
                    row.WakeAt = null;
                    row.WaitingFor = null;
                    row.Resumption = JsonSerializer.Serialize(resumption, StoredJson.Options);
                }, nameof(LedgerRow.Attempts), nameof(LedgerRow.WakeAt), nameof(LedgerRow.WaitingFor), nameof(LedgerRow.Resumption));
                break;

            case LedgerChange.NodeResumed resumed:
                rows.Change(runId, change.Node, "running", row => row.Attempts = resumed.Attempt, nameof(LedgerRow.Attempts));
                break;

            default:
                return false;
        }

        return true;
    }

    /// <summary>Nodes are compensated. False when the change is of another kind.</summary>
    private static bool ApplyCompensation(LedgerRows rows, Guid runId, LedgerChange change)
    {
        var at = change.At;
        switch (change)
        {
            case LedgerChange.CompensationStarted started:
                rows.Change(runId, change.Node, "compensating", row =>
                {
                    row.CompensationAttempts = started.Attempt;
                    row.CompensationStartedAt ??= at;
                }, started.Attempt == 1
                    ? [nameof(LedgerRow.CompensationAttempts), nameof(LedgerRow.CompensationStartedAt)]
                    : [nameof(LedgerRow.CompensationAttempts)]);
                break;

            case LedgerChange.CompensationRetrying retrying:
                rows.Change(runId, change.Node, "compensating", row =>
                {
                    row.CompensationErrorCode = StorableText.From(retrying.Code);
                    row.CompensationErrorMessage = StorableText.From(retrying.Message);
                    row.WakeAt = retrying.WakeAt;
                    row.WakeId = retrying.WakeId;
                }, nameof(LedgerRow.CompensationErrorCode), nameof(LedgerRow.CompensationErrorMessage), nameof(LedgerRow.WakeAt), nameof(LedgerRow.WakeId));
                break;

            case LedgerChange.NodeCompensated compensated:
                rows.Change(runId, change.Node, "compensated", row =>
                {
                    row.Compensation = compensated.NothingToDo ? "nothing_to_do" : "done";
                    row.CompensationErrorCode = null;
                    row.CompensationErrorMessage = null;
                    row.CompensationCompletedAt = at;
                }, nameof(LedgerRow.Compensation), nameof(LedgerRow.CompensationErrorCode), nameof(LedgerRow.CompensationErrorMessage),
                    nameof(LedgerRow.CompensationCompletedAt));
                break;

            case LedgerChange.CompensationFailed failed:
                rows.Change(runId, change.Node, "compensation_failed", row =>
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
