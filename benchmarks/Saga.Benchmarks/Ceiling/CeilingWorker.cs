using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Saga.Benchmarks.Workers;
using Saga.Consumers;
using Saga.StateMachines.StateMachine;

namespace Saga.Benchmarks.Ceiling;

/// <summary>
/// A plain MassTransit application, tuned as the product is: the same limits, quorum queues and confirmed sends. Its queues have the product's
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
        [Name, "--broker", broker.AbsoluteUri, "--role", role, .. options.Lean ? ["--lean"] : Array.Empty<string>()];

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
                    ReceiveRuns(rabbit, context);
                else
                    ReceiveCommands(rabbit, context);
            });
        });
        return builder.Build();
    }

    private static void ReceiveRuns(IRabbitMqBusFactoryConfigurator rabbit, IBusRegistrationContext context) =>
        rabbit.ReceiveEndpoint(SagaQueues.RunsName, endpoint =>
        {
            endpoint.SetQuorumQueue();
            endpoint.ConfigureSaga<CeilingRun>(context);
        });

    private static void ReceiveCommands(IRabbitMqBusFactoryConfigurator rabbit, IBusRegistrationContext context) =>
        rabbit.ReceiveEndpoint(StepEndpoints.NameOf("echo"), endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.SetQuorumQueue();
            endpoint.ConfigureConsumer<CeilingStep>(context);
        });
}
