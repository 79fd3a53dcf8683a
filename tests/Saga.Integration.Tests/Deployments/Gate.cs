using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Saga.Consumers;
using Saga.Integration.Tests.Servers;
using Saga.Worker.Hosting;
using Saga.Worker.Messaging;

namespace Saga.Integration.Tests.Deployments;

/// <summary>
/// Hosts the step <c>gate</c> in this process, as a service hosts its own. Whoever executes it waits until the test opens the gate, so that what the test does
/// before is sure to find runs in their middle. Its compensation does not wait.
/// </summary>
public sealed class Gate : IAsyncDisposable
{
    public const string Step = "gate";

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IHost _host;
    private int _held;

    private Gate(Uri broker, QueueType queueType)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(this);
        builder.Services.AddStep<GatedStep>();
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddStepConsumers();
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(broker);
                rabbit.ConfigureStepEndpoints(context, (string _, IRabbitMqReceiveEndpointConfigurator endpoint) => endpoint.SetQueueType(queueType));
            });
        });
        _host = builder.Build();
    }

    /// <summary>Returns once plans may name the step. There must be an orchestrator that hears of it.</summary>
    public static async Task<Gate> HostAsync(Deployment deployment, QueueType queueType = QueueType.Quorum)
    {
        var gate = new Gate(deployment.Broker, queueType);
        await gate._host.StartAsync();
        await deployment.SeeStepAsync(Step);
        return gate;
    }

    /// <summary>Returns once so many wait to be let through.</summary>
    public Task HoldsAsync(int count) => Eventually.SeeAsync($"{count} steps at the gate", _ => Task.FromResult(Volatile.Read(ref _held)), held => held >= count);

    /// <summary>Lets through who waits, and who comes later.</summary>
    public void Open() => _opened.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Open();
        await _host.StopAsync();
        _host.Dispose();
    }

    private Task PassAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _held);
        return _opened.Task.WaitAsync(cancellation);
    }

    [StepName(Step)]
    private sealed class GatedStep(Gate gate) : IStep<EchoMessage, EchoMessage>
    {
        public async Task<StepResult<EchoMessage>> ExecuteAsync(StepContext<EchoMessage> context)
        {
            await gate.PassAsync(context.CancellationToken);
            return StepResult.Completed(context.Input);
        }

        public Task<CompensationOutcome> CompensateAsync(CompensationContext<EchoMessage, EchoMessage> context) => Task.FromResult(CompensationOutcome.Compensated);
    }
}
