using System.Text.Json;
using MassTransit;
using Saga.Contracts;
using Saga.StateMachines.StateMachine;

namespace Saga.Benchmarks.Ceiling;

/// <summary>Answers what the product's `echo` answers, without a catalogue, a typed input or a log.</summary>
internal sealed class CeilingStep : IConsumer<ExecuteStep>
{
    public async Task Consume(ConsumeContext<ExecuteStep> context)
    {
        var command = context.Message;
        var orchestrator = await context.GetSendEndpoint(SagaQueues.Runs);
        await orchestrator.Send(
            new StepCompleted
            {
                RunId = command.RunId,
                Node = command.Node,
                Attempt = command.Attempt,
                DispatchId = command.DispatchId,
                Output = command.Input,
                Put = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
                {
                    [$"echoed_at_step_{command.NodeIndex}"] = command.Input.GetProperty("message"),
                },
            },
            context.CancellationToken);
    }
}
