using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Saga.Consumers;

/// <summary>Puts the steps of this worker on the bus.</summary>
public static class StepEndpoints
{
    /// <summary>The queue of a step, in any language and on any transport.</summary>
    /// <param name="step">The name of the step.</param>
    public static string NameOf(string step) => $"saga-step-{step}";

    /// <summary>
    /// Registers what executes, compensates and announces the steps that <see cref="StepServices.AddStep{TStep}"/> added. Call
    /// <see cref="ConfigureStepEndpoints{TEndpoint}"/> on the transport, too.
    /// </summary>
    public static IBusRegistrationConfigurator AddStepConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddStepCatalogue();
        bus.TryAddSingleton<StepWorkerLifetime>();
        bus.TryAddSingleton<AnswerSender>();
        bus.AddBusObserver(provider => provider.GetRequiredService<StepWorkerLifetime>());
        bus.AddOptions<StepAnnouncementOptions>()
            .Validate(o => o.Interval >= StepAnnouncementOptions.Shortest && o.Interval <= StepAnnouncementOptions.Longest, StepAnnouncementOptions.Rule)
            .ValidateOnStart();
        bus.AddHostedService<StepsAnnouncer>();

        // One endpoint for each step hosts them, not one endpoint for each consumer.
        bus.AddConsumer<ExecuteStepConsumer>().ExcludeFromConfigureEndpoints();
        bus.AddConsumer<CompensateStepConsumer>().ExcludeFromConfigureEndpoints();
        return bus;
    }

    /// <summary>Creates the receive endpoint <c>saga-step-{step}</c> for each step in the catalogue.</summary>
    /// <param name="bus">The bus of any transport.</param>
    /// <param name="context">What the transport's callback was given.</param>
    /// <param name="configure">
    /// Called with the name of each step and its endpoint, for what only the transport knows, such as <c>(_, e) => e.SetQuorumQueue()</c>.
    /// </param>
    /// <exception cref="StepCatalogueException">The steps were registered wrongly.</exception>
    public static void ConfigureStepEndpoints<TEndpoint>(
        this IReceiveConfigurator<TEndpoint> bus, IRegistrationContext context, Action<string, TEndpoint>? configure = null)
        where TEndpoint : IReceiveEndpointConfigurator
    {
        foreach (var step in context.GetRequiredService<StepCatalogue>().Steps)
        {
            bus.ReceiveEndpoint(NameOf(step.Name), endpoint =>
            {
                // Commands are sent to the step's own queue; bound to their type, every step would hear every command.
                endpoint.ConfigureConsumeTopology = false;
                configure?.Invoke(step.Name, endpoint);
                endpoint.UseFilter(new HandBackFilter());
                endpoint.UseMessageRetry(RetryTheAnswer);
                endpoint.ConfigureConsumer<ExecuteStepConsumer>(context);
                endpoint.ConfigureConsumer<CompensateStepConsumer>(context);
            });
        }
    }

    // What a step throws is an answer, so all that can fail is sending the answer. About 12 minutes in all: brokers return, and
    // RabbitMQ takes a command back after 30 minutes without an acknowledgement.
    private static void RetryTheAnswer(IRetryConfigurator retry)
    {
        retry.Exponential(16, TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1));
        retry.Ignore<UnknownStepException>();
        retry.Ignore<OperationCanceledException>();
        retry.Ignore<ConsumerCanceledException>();
    }
}
