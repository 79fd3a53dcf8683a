using System.Text.Json;
using MassTransit;
using Saga.Contracts;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.StateMachine;

/// <summary>Turns the engine's dispatches into messages to the step workers.</summary>
public sealed class StepCommands(RunLedger ledger)
{
    /// <summary>Sends the commands, reading from the ledger only what a compensation needs.</summary>
    public async Task SendAsync(Run run, Plan plan, IReadOnlyCollection<Dispatch> dispatches, ISendEndpointProvider endpoints, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(dispatches);
        ArgumentNullException.ThrowIfNull(endpoints);
        if (dispatches.Count == 0)
            return;

        var toCompensate = dispatches.Where(dispatch => dispatch.Kind == DispatchKind.Compensate).Select(dispatch => dispatch.Node).ToList();
        var data = toCompensate.Count == 0 ? null : await ledger.ReadAsync(run.CorrelationId, toCompensate, cancellationToken);
        var input = Parse(run.Input);
        var context = Parse(run.Context);

        foreach (var dispatch in dispatches)
        {
            var node = plan.Root.Nodes[dispatch.Node];
            var endpoint = await endpoints.GetSendEndpoint(SagaQueues.OfStep(((StepNode)node).Step));
            if (dispatch.Kind == DispatchKind.Execute)
                await endpoint.Send(Execute(run, node, dispatch, input, context), cancellationToken);
            else
                await endpoint.Send(Compensate(run, node, dispatch, input, context, data!.GetValueOrDefault(dispatch.Node)), cancellationToken);
        }
    }

    private static ExecuteStep Execute(Run run, PlanNode node, Dispatch dispatch, JsonElement input, JsonElement context) => new()
    {
        RunId = run.CorrelationId,
        Node = node.Name,
        NodeIndex = node.Index,
        Step = ((StepNode)node).Step,
        Attempt = dispatch.Attempt,
        DispatchId = dispatch.DispatchId,
        IdempotencyKey = $"{run.CorrelationId:N}/{node.Name}/execute",
        Input = input,
        Context = context,
    };

    private static CompensateStep Compensate(Run run, PlanNode node, Dispatch dispatch, JsonElement input, JsonElement context, NodeData? data) => new()
    {
        RunId = run.CorrelationId,
        Node = node.Name,
        NodeIndex = node.Index,
        Step = ((StepNode)node).Step,
        Attempt = dispatch.Attempt,
        DispatchId = dispatch.DispatchId,
        IdempotencyKey = $"{run.CorrelationId:N}/{node.Name}/compensate",
        Reason = RunError.Parse(run.Error!).Reason,
        Input = data?.Input is { } own ? Parse(own) : input,
        Output = data?.Output is { } output ? Parse(output) : null,
        Context = context,
    };

    private static JsonElement Parse(string json) => JsonElement.Parse(json);
}
