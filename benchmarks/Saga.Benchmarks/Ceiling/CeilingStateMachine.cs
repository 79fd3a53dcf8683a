using System.Text.Json;
using MassTransit;
using Saga.Contracts;
using Saga.StateMachines.StateMachine;

namespace Saga.Benchmarks.Ceiling;

/// <summary>
/// The least a state machine can do that sends and publishes the product's messages for runs that go well: nothing is planned, checked, counted,
/// logged or kept. What one message leads to is sent at once and its confirmations are awaited together, as the product does after its commit.
/// </summary>
internal sealed class CeilingStateMachine : MassTransitStateMachine<CeilingRun>
{
    public CeilingStateMachine(CeilingOptions options)
    {
        InstanceState(run => run.CurrentState);
        Event(() => StartProvisioning, start => start.CorrelateById(context => context.Message.RunId));
        Event(() => StepCompleted, answer => answer.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.Discard()));

        Initially(
            When(StartProvisioning)
                .Then(context =>
                {
                    context.Saga.Steps = context.Message.Steps!;
                    context.Saga.Input = context.Message.Input!.Value;
                })
                .ThenAsync(context => options.Lean
                    ? SendCurrentAsync(context)
                    : Task.WhenAll(PublishAcceptedAsync(context), PublishStartedAsync(context), SendCurrentAsync(context)))
                .TransitionTo(Running));

        During(Running,
            When(StepCompleted)
                .Then(Record)
                .IfElse(context => context.Saga.Current < context.Saga.Steps.Count,
                    goesOn => goesOn.ThenAsync(SendCurrentAsync),
                    ends => ends.Publish(context => new ProvisioningCompleted
                    {
                        RunId = context.Saga.CorrelationId,
                        Context = JsonSerializer.SerializeToElement(context.Saga.Context),
                        CompletedAt = DateTimeOffset.UtcNow,
                    }).Finalize()));

        SetCompletedWhenFinalized();
    }

    public State Running { get; private set; } = null!;

    public Event<StartProvisioning> StartProvisioning { get; private set; } = null!;

    public Event<StepCompleted> StepCompleted { get; private set; } = null!;

    private static void Record(BehaviorContext<CeilingRun, StepCompleted> context)
    {
        foreach (var (key, value) in context.Message.Put ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
            context.Saga.Context[key] = value;
        context.Saga.Current++;
    }

    private static Task PublishAcceptedAsync(BehaviorContext<CeilingRun> context) =>
        context.Publish(new ProvisioningAccepted { RunId = context.Saga.CorrelationId, AcceptedAt = DateTimeOffset.UtcNow });

    private static Task PublishStartedAsync(BehaviorContext<CeilingRun> context) =>
        context.Publish(new ProvisioningStarted { RunId = context.Saga.CorrelationId, StartedAt = DateTimeOffset.UtcNow });

    private static async Task SendCurrentAsync(BehaviorContext<CeilingRun> context)
    {
        var run = context.Saga;
        var step = run.Steps[run.Current];
        var node = $"{step}-{run.Current}";
        var endpoint = await context.GetSendEndpoint(SagaQueues.OfStep(step));
        await endpoint.Send(
            new ExecuteStep
            {
                RunId = run.CorrelationId,
                Node = node,
                NodeIndex = run.Current,
                Step = step,
                Attempt = 1,
                DispatchId = run.Current + 1,
                IdempotencyKey = $"{run.CorrelationId:N}/{node}/execute",
                Input = run.Input,
                Context = JsonSerializer.SerializeToElement(run.Context),
            },
            context.CancellationToken);
    }
}
