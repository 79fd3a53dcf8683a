using System.Text.Json;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Plans;

namespace Saga.Worker.Api;

/// <summary>Makes views of rows.</summary>
internal static class RunViews
{
    private const int ShownSteps = 10;

    public static RunView Of(Run run, Plan plan, IReadOnlyList<LedgerRow> ledger, IReadOnlyList<SignalView> signals, IReadOnlyList<FaultRow> faults)
    {
        var input = StoredJson.Parse(run.Input);
        return new RunView
        {
            Id = run.CorrelationId,
            Kind = run.Kind,
            Version = run.DefinitionVersion,
            CorrelationKey = run.CorrelationKey,
            Parent = run.ParentRunId is { } parent ? new ParentView(parent, run.ParentNode) : null,
            Output = StoredJson.ParseOrNull(run.Output),
            Status = SnakeCase.From(run.CurrentState),
            Reason = ReasonOf(run),
            Error = StoredJson.ParseOrNull(run.Error),
            Input = input,
            Context = StoredJson.Parse(run.Context),
            Outputs = ledger.Where(row => row is { Status: "completed", Output: not null })
                .ToDictionary(row => row.Name, row => StoredJson.Parse(row.Output!), StringComparer.Ordinal),
            CancelRequested = run.CancelRequested,
            StopRequestedBy = run.StopRequestedBy,
            StopNote = run.StopNote,
            WaitingOn = [.. WaitsOf(run, plan, ledger), .. faults.Select(FaultViews.WaitOf)],
            Signals = signals,
            CreatedAt = run.CreatedAt,
            StartedAt = run.StartedAt,
            CompletedAt = run.CompletedAt,
            Plan = [.. plan.Root.Nodes.Select(node => new PlanNodeView(
                node.Index, node.Name, node.Kind, (node as StepNode)?.Step, [.. node.DependsOn.Select(index => plan.Root.Nodes[index].Name)]))],
            Nodes = [.. ledger.Select(row => Of(row, input))],
        };
    }

    public static RunSummaryView Summary(Run run, Plan plan, string shortId, int faults) => new()
    {
        Id = run.CorrelationId,
        ShortId = shortId,
        Status = SnakeCase.From(run.CurrentState),
        Reason = ReasonOf(run),
        Faults = faults,
        CancelRequested = run.CancelRequested,
        Kind = run.Kind,
        Version = run.DefinitionVersion,
        CorrelationKey = run.CorrelationKey,
        Steps = [.. plan.Root.Nodes.OfType<StepNode>().Take(ShownSteps).Select(node => node.Step)],
        PlanName = plan.Name,
        NodeCount = plan.NodeCount,
        CreatedAt = run.CreatedAt,
        StartedAt = run.StartedAt,
        CompletedAt = run.CompletedAt,
    };

    private static NodeView Of(LedgerRow row, JsonElement runInput) => new()
    {
        Index = row.NodeIndex,
        Name = row.Name,
        Step = row.Step,
        Kind = row.Kind,
        Status = row.Status,
        Attempts = row.Attempts,
        Input = StoredJson.ParseOrNull(row.Input) ?? runInput,
        Output = StoredJson.ParseOrNull(row.Output),
        Error = row.ErrorCode is { } code ? new ErrorView(code, row.ErrorMessage) : null,
        Compensation = row.CompensationStartedAt is null ? null : new CompensationView
        {
            How = row.Compensation,
            Attempts = row.CompensationAttempts,
            Error = row.CompensationErrorCode is { } failure ? new ErrorView(failure, row.CompensationErrorMessage) : null,
            StartedAt = row.CompensationStartedAt,
            CompletedAt = row.CompensationCompletedAt,
        },
        ChildRunId = row.ChildRunId,
        StartedAt = row.StartedAt,
        // A route or map in which something failed never completes: its way forward ends where its way back begins.
        CompletedAt = row.CompletedAt ?? row.CompensationStartedAt,
    };

    private static List<WaitView> WaitsOf(Run run, Plan plan, IReadOnlyList<LedgerRow> ledger)
    {
        var state = run.ToState();
        var shape = new RunShape(plan, state.Blocks);
        var rows = ledger.ToDictionary(row => row.NodeIndex);
        return [.. state.Dispatches.Where(state.IsInFlight).Select(dispatch => WaitOf(dispatch, shape, rows.GetValueOrDefault(dispatch.Node)))];
    }

    private static WaitView WaitOf(Dispatch dispatch, RunShape shape, LedgerRow? row)
    {
        var isBackward = dispatch.Kind is DispatchKind.Compensate or DispatchKind.RetryCompensation or DispatchKind.RollBackChild;
        var awaited = row?.WaitingFor is { } stored ? AwaitedSignals.Parse(stored)[0] : null;
        return new WaitView
        {
            Node = shape.NameOf(dispatch.Node),
            Step = (shape.NodeAt(dispatch.Node) as StepNode)?.Step,
            For = dispatch.Kind switch
            {
                DispatchKind.Execute => "execute",
                DispatchKind.Compensate => "compensate",
                DispatchKind.RetryExecution or DispatchKind.RetryCompensation => "retry",
                DispatchKind.RunChild or DispatchKind.RollBackChild => "child",
                _ => awaited is null ? "moment" : "signal",
            },
            Attempt = dispatch.Attempt,
            Since = isBackward ? row?.CompensationStartedAt : row?.StartedAt,
            Until = row?.WaitsUntil,
            Signals = awaited is null ? null : [.. awaited.Names],
            All = awaited is { All: true },
            ChildRunId = row?.ChildRunId,
        };
    }

    private static string? ReasonOf(Run run) => run.Error is { } error ? RunError.Parse(error).Reason : null;
}
