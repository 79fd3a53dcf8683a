using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Saga.Consumers;
using Saga.Contracts;
using Saga.EntityFrameworkCore.Outbox;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Registration;
using Saga.Worker.Hosting;
using Saga.Worker.Messaging.Acknowledging;
using Saga.Worker.Messaging.Answering;
using Saga.Worker.Messaging.Envelopes;

namespace Saga.Worker.Messaging;

/// <summary>Puts the roles of this process on the bus.</summary>
internal static class MessagingRegistration
{
    // Messages handled at once, and as many again on their way, for each endpoint.
    private const int ConcurrentMessages = 100;
    private const ushort Prefetch = 200;

    public static void AddMessaging(this IServiceCollection services, WorkerSettings settings)
    {
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.ConfigureHealthCheckOptions(health =>
            {
                health.Name = BrokerHealthCheck.Name;
                health.MinimalFailureStatus = HealthStatus.Unhealthy;
                health.Tags.Add("ready");
            });

            if (settings.NeedsDatabase)
            {
                bus.AddEntityFrameworkOutbox<RunDbContext>(outbox => outbox
                    .Configure(options => ConfigureOutbox(options, settings))
                    .UseBusOutbox());
            }

            if (settings.Roles.HasFlag(WorkerRoles.Orchestrator))
                bus.AddOrchestrator();
            if (settings.Roles.HasFlag(WorkerRoles.Steps))
                bus.AddStepConsumers();

            if (settings.Broker is { } broker)
                bus.UsingRabbitMq((context, rabbit) => ConfigureRabbitMq(rabbit, context, settings, broker));
            else
                bus.UsingInMemory((context, memory) => ConfigureInMemory(memory, context, settings));
        });

        services.PostConfigure<HealthCheckServiceOptions>(health =>
            health.Registrations.Single(check => check.Name == BrokerHealthCheck.Name).Factory = provider => new BrokerHealthCheck(provider.GetRequiredService<IBusControl>()));

        if (settings.Roles.HasFlag(WorkerRoles.Steps))
            services.AddBuiltInSteps();
        if (settings.Roles.HasFlag(WorkerRoles.Orchestrator | WorkerRoles.Steps))
            services.AddHostedService<OwnSteps>();
        if (settings.Roles.HasFlag(WorkerRoles.Orchestrator) && settings.InMemoryQueues)
            services.AddRunResumption();
        else if (settings.Roles.HasFlag(WorkerRoles.Orchestrator))
            services.AddHostedService<AnswerEndpoints>();
    }

    // What was accepted must outlive the queues of a process that is killed. Whatever else is in them, RunResumption has sent again.
    private static void ConfigureOutbox(OutboxOptions options, WorkerSettings settings)
    {
        options.SingleProcess = settings.InMemoryQueues;
        if (settings.InMemoryQueues)
            options.KeptUntilHandled.UnionWith([typeof(StartProvisioning), typeof(SignalProvisioning), typeof(CancelProvisioning), typeof(RollBackProvisioning)]);
    }

    private static void ConfigureRabbitMq(
        IRabbitMqBusFactoryConfigurator rabbit, IBusRegistrationContext context, WorkerSettings settings, Uri broker)
    {
        rabbit.Host(broker, host => host.ConnectionName("saga"));
        var errors = new ErrorQueueNames();
        (rabbit.SendTopology.ErrorQueueNameFormatter, rabbit.SendTopology.DeadLetterQueueNameFormatter) = (errors, errors);
        rabbit.UseJson(context);
        rabbit.ConcurrentMessageLimit = ConcurrentMessages;

        if (settings.Roles.HasFlag(WorkerRoles.Orchestrator))
            rabbit.ConfigureOrchestratorEndpoints(context, endpoint => ConfigureQueue((IRabbitMqReceiveEndpointConfigurator)endpoint, context, Prefetch));
        if (settings.Roles.HasFlag(WorkerRoles.Steps))
            rabbit.ConfigureStepEndpoints<IRabbitMqReceiveEndpointConfigurator>(context, (_, endpoint) => ConfigureQueue(endpoint, context, Prefetch));
        rabbit.AddProbeQueue(settings.Roles);
    }

    /// <summary>What every queue of the product has in common.</summary>
    public static void ConfigureQueue(IRabbitMqReceiveEndpointConfigurator endpoint, IRegistrationContext context, ushort prefetch)
    {
        endpoint.SetQueueType(context.GetRequiredService<WorkerSettings>().QueueType);
        endpoint.AcknowledgeTogether(prefetch, context.GetRequiredService<TimeProvider>());
    }

    private static void ConfigureInMemory(IInMemoryBusFactoryConfigurator memory, IBusRegistrationContext context, WorkerSettings settings)
    {
        memory.UseJson(context);
        memory.ConcurrentMessageLimit = ConcurrentMessages;

        if (settings.Roles.HasFlag(WorkerRoles.Orchestrator))
            memory.ConfigureOrchestratorEndpoints(context);
        if (settings.Roles.HasFlag(WorkerRoles.Steps))
            memory.ConfigureStepEndpoints<IInMemoryReceiveEndpointConfigurator>(context);
    }

    private static void UseJson(this IBusFactoryConfigurator bus, IBusRegistrationContext context)
    {
        var envelope = new EnvelopeFactory(context.GetRequiredService<TimeProvider>());
        bus.AddSerializer(envelope);
        bus.AddDeserializer(envelope);
        bus.AddDeserializer(new PlainJsonFactory());
        bus.ConfigureJsonSerializerOptions(MessageJson.Configure);
    }
}
