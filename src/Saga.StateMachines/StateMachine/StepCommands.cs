using System.Text.Json;
using MassTransit;
using Saga.Contracts;
using Saga.StateMachines.Children;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.StateMachine;

/// <summary>Turns the engine's commands into messages to the step workers and to child runs.</summary>
public sealed class StepCommands(RunLedger ledger, OwnAnswers answers)
{
    /// <summary>Sends the commands, reading from the ledger only what they do not carry themselves.</summary>
    public async Task SendAsync(Run run, RunShape shape, IReadOnlyCollection<Command> commands, ISendEndpointProvider endpoints, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(endpoints);
        if (commands.Count == 0)
            return;

        var toRead = commands.Where(NeedsLedger).Select(command => command.Dispatch.Node).ToList();
        var data = toRead.Count == 0 ? null : await ledger.ReadAsync(run, toRead, soon: [], cancellationToken);
        // Most nodes of a plan have inputs of their own, and that of the run may be a list of thousands.
        var input = new Lazy<JsonElement>(() => StoredJson.Parse(run.Input));
        var context = StoredJson.Parse(run.Context);

        foreach (var command in commands)
        {
            var index = command.Dispatch.Node;
            var known = data?.GetValueOrDefault(index);
            var own = command.Input ?? (known?.Input is { } stored ? StoredJson.Parse(stored) : input.Value);
            switch (command.Dispatch.Kind)
            {
                case DispatchKind.Execute:
                    await SendAsync(endpoints, SagaQueues.OfStep(StepOf(shape, index)), Execute(run, shape, command, known, own, context), cancellationToken);
                    break;
                case DispatchKind.Compensate:
                    await SendAsync(endpoints, SagaQueues.OfStep(StepOf(shape, index)), Compensate(run, shape, command, known, own, context), cancellationToken);
                    break;
                case DispatchKind.RunChild:
                    await SendAsync(endpoints, SagaQueues.Runs, ChildCommands.Start(run, shape, index, own), cancellationToken);
                    break;
                case DispatchKind.RollBackChild:
                    await SendAsync(endpoints, SagaQueues.Runs, ChildCommands.RollBack(run, index), cancellationToken);
                    break;
                default:
                    throw new InvalidOperationException($"A {command.Dispatch.Kind} is a wait: it is never sent.");
            }
        }
    }

    private static bool NeedsLedger(Command command) => command.Dispatch.Kind switch
    {
        DispatchKind.Compensate => true,
        DispatchKind.RollBackChild => false,
        _ => command.IsRepeat,
    };

    private static async Task SendAsync<T>(ISendEndpointProvider endpoints, Uri address, T message, CancellationToken cancellationToken)
        where T : class
    {
        var endpoint = await endpoints.GetSendEndpoint(address);
        await endpoint.Send(message, cancellationToken);
    }

    private static string StepOf(RunShape shape, int index) => ((StepNode)shape.NodeAt(index)).Step;

    private ExecuteStep Execute(Run run, RunShape shape, Command command, NodeData? known, JsonElement input, JsonElement context)
    {
        var (node, attempt, dispatchId, _) = command.Dispatch;
        var name = shape.NameOf(node);
        return new ExecuteStep
        {
            RunId = run.CorrelationId,
            Node = name,
            NodeIndex = node,
            Step = StepOf(shape, node),
            Attempt = attempt,
            DispatchId = dispatchId,
            IdempotencyKey = $"{run.CorrelationId:N}/{name}/execute",
            Input = input,
            Context = context,
            Resumption = ResumptionOf(command, known),
            AnswerTo = answers.Queue,
        };
    }

    private static StepResumption? ResumptionOf(Command command, NodeData? known)
    {
        var resumption = command.Resumption
            ?? (known?.Resumption is { } stored ? StoredJson.Parse(stored).Deserialize<StepResumption>(StoredJson.Options) : null);
        return resumption is null ? null : resumption with { Snapshot = known?.Snapshot is { } snapshot ? StoredJson.Parse(snapshot) : null };
    }

    private CompensateStep Compensate(Run run, RunShape shape, Command command, NodeData? known, JsonElement input, JsonElement context)
    {
        var (node, attempt, dispatchId, _) = command.Dispatch;
        var name = shape.NameOf(node);
        return new CompensateStep
        {
            RunId = run.CorrelationId,
            Node = name,
            NodeIndex = node,
            Step = StepOf(shape, node),
            Attempt = attempt,
            DispatchId = dispatchId,
            IdempotencyKey = $"{run.CorrelationId:N}/{name}/compensate",
            Reason = RunError.Parse(run.Error!).Reason,
            Input = input,
            Output = known?.Output is { } output ? StoredJson.Parse(output) : null,
            Context = context,
            AnswerTo = answers.Queue,
        };
    }
}
