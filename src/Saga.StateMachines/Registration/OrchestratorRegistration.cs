using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Saga.StateMachines.Children;
using Saga.StateMachines.Definitions;
using Saga.StateMachines.Faults;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Resuming;
using Saga.StateMachines.Signals;
using Saga.StateMachines.Starting;
using Saga.StateMachines.StateMachine;
using Saga.StateMachines.Steps;
using Saga.StateMachines.Waking;

namespace Saga.StateMachines.Registration;

/// <summary>Registers the orchestrator: its state machine, its tables, its endpoints.</summary>
public static class OrchestratorRegistration
{
    /// <summary>What both the orchestrator and the HTTP API need: plans, announced steps and admission.</summary>
    public static void AddRuns(this IServiceCollection services)
    {
        services.AddOptions<RunOptions>();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RunMetrics>();
        services.TryAddSingleton<PlanStore>();
        services.TryAddSingleton<StepRegistry>();
        services.AddOptions<WakeOptions>();
        services.TryAddSingleton<WakeAlarm>();
        services.TryAddScoped<SignalInbox>();
        services.TryAddScoped<RunLedger>();
        services.TryAddSingleton<OwnAnswers>();
        services.TryAddScoped<StepCommands>();
        services.TryAddScoped<RunNotes>();
        services.TryAddScoped<RunMover>();
        services.TryAddSingleton<DefinitionStore>();
        services.TryAddScoped<PlanAdmission>();
        services.TryAddScoped<RunAdmission>();
    }

    /// <summary>Adds the state machine and the consumers of the orchestrator to the bus.</summary>
    public static void AddOrchestrator(this IBusRegistrationConfigurator bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        bus.AddRuns();
        bus.AddOptions<FaultOptions>();
        bus.TryAddSingleton<FaultBook>();
        bus.AddReceiveObserver<UnreadMessages>();
        bus.AddConsumer<StepsAnnouncedConsumer>().ExcludeFromConfigureEndpoints();
        var machine = bus.AddSagaStateMachine<ProvisioningStateMachine, Run>();
        machine.EntityFrameworkRepository(repository => repository.ExistingDbContext<RunDbContext>());
        machine.ExcludeFromConfigureEndpoints();
        bus.AddHostedService<DueNodes>();
    }

    /// <summary>Wakes every live run at the start, for a broker that forgets its messages when the process ends.</summary>
    public static void AddRunResumption(this IServiceCollection services)
    {
        services.Configure<FaultOptions>(options => options.KeepsGivenUp = true);
        services.AddHostedService<FaultRevival>();
        services.AddHostedService<RunResumption>();
    }

    /// <summary>Declares the orchestrator's endpoints.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="context">Its registration.</param>
    /// <param name="configureEndpoint">What the transport wants of every queue, such as its kind.</param>
    public static void ConfigureOrchestratorEndpoints(
        this IBusFactoryConfigurator bus, IBusRegistrationContext context, Action<IReceiveEndpointConfigurator>? configureEndpoint = null)
    {
        ArgumentNullException.ThrowIfNull(bus);
        bus.ReceiveEndpoint(SagaQueues.RunsName, endpoint =>
        {
            configureEndpoint?.Invoke(endpoint);
            ConfigureRuns(endpoint, context);
        });
        bus.ReceiveEndpoint(StepsAnnouncedConsumer.Queue, endpoint =>
        {
            configureEndpoint?.Invoke(endpoint);
            endpoint.WaitForDatabase<RunDbContext>(context);
            endpoint.ConfigureConsumer<StepsAnnouncedConsumer>(context);
        });
    }

    /// <summary>Handles on this endpoint what is sent to it for runs, and subscribes to nothing: for a queue of answers.</summary>
    /// <param name="endpoint">The endpoint of one of the <see cref="SagaQueues.AnswersName"/>.</param>
    /// <param name="context">The bus' registration.</param>
    public static void ConfigureAnswers(this IReceiveEndpointConfigurator endpoint, IBusRegistrationContext context)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.ConfigureConsumeTopology = false;
        ConfigureRuns(endpoint, context);
    }

    private static void ConfigureRuns(IReceiveEndpointConfigurator endpoint, IBusRegistrationContext context)
    {
        endpoint.AddPrePipeSpecification(new FaultSpecification(context.GetRequiredService<FaultBook>()));
        endpoint.UseEntityFrameworkOutbox<RunDbContext>(context);
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<ChildNotThereException>();
            retry.Interval(ChildNotThereException.Looks, ChildNotThereException.Interval);
        });
        endpoint.UseFilter(new AddressByKey(context));
        endpoint.ConfigureSaga<Run>(context);
        endpoint.TakeAnswersTogether();
    }
}
