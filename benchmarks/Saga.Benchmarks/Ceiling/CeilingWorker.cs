using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Saga.Benchmarks.Workers;
using Saga.Consumers;
using Saga.StateMachines.StateMachine;
using Saga.Worker.Hosting;
using Saga.Worker.Messaging;

namespace Saga.Benchmarks.Ceiling;

/// <summary>
/// A plain MassTransit application, tuned as the product is: the same limits, queues of the same type and confirmed sends. Its queues have the product's
/// names, because it has a virtual host to itself.
/// </summary>
internal static class CeilingWorker
{
    public const string Name = "ceiling-worker";
    public const string Orchestrator = "orchestrator";
    public const string Steps = "steps";

    // As in the product, whose own are not to be seen from here.
    private const int ConcurrentMessages = 100;
    private const int Prefetch = 200;

    /// <summary>The command that is one process of it.</summary>
    public static IEnumerable<string> Command(Uri broker, string role, CeilingOptions options) =>
        [Name, "--broker", broker.AbsoluteUri, "--role", role, "--queue-type", $"{options.QueueType}", .. options.Lean ? ["--lean"] : Array.Empty<string>()];

    public static Task RunAsync(FileInfo log, Uri broker, string role, CeilingOptions options, CancellationToken cancellation) =>
        MeasuredWorker.RunAsync(log, () => Build(broker, role, options), (_, _) => Task.FromResult<string?>(null), cancellation);

    private static IHost Build(Uri broker, string role, CeilingOptions options)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(options);
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            if (role == Orchestrator)
                bus.AddSagaStateMachine<CeilingStateMachine, CeilingRun>().InMemoryRepository();
            else
                bus.AddConsumer<CeilingStep>();

            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(broker, host => host.ConnectionName("ceiling"));
                rabbit.PrefetchCount = Prefetch;
                rabbit.ConcurrentMessageLimit = ConcurrentMessages;
                if (role == Orchestrator)
                    ReceiveRuns(rabbit, context, options.QueueType);
                else
                    ReceiveCommands(rabbit, context, options.QueueType);
            });
        });
        return builder.Build();
    }

    private static void ReceiveRuns(IRabbitMqBusFactoryConfigurator rabbit, IBusRegistrationContext context, QueueType queueType) =>
        rabbit.ReceiveEndpoint(SagaQueues.RunsName, endpoint =>
        {
            endpoint.SetQueueType(queueType);
            endpoint.ConfigureSaga<CeilingRun>(context);
        });

    private static void ReceiveCommands(IRabbitMqBusFactoryConfigurator rabbit, IBusRegistrationContext context, QueueType queueType) =>
        rabbit.ReceiveEndpoint(StepEndpoints.NameOf("echo"), endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.SetQueueType(queueType);
            endpoint.ConfigureConsumer<CeilingStep>(context);
        });
}
