using MassTransit.Context;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Saga.EntityFrameworkCore.Configuration;
using Saga.EntityFrameworkCore.Scheduling;

// The namespace of the well-known package's extensions, so that moving between the two changes no code.
namespace MassTransit;

/// <summary>Registers the scheduler that keeps messages in the outbox until they are due, so that no transport has to know how to wait.</summary>
public static class OutboxSchedulerRegistration
{
    /// <summary>
    /// Adds an <see cref="IMessageScheduler"/> whose messages are rows of the outbox. Within a consumer or saga on an endpoint with the outbox,
    /// scheduling and cancelling commit together with what the handler changes; anywhere else each call commits by itself before it returns.
    /// Call <see cref="UseOutboxMessageScheduler"/> on the bus too.
    /// </summary>
    /// <remarks>
    /// A message that is cancelled before a sweep takes its row is never delivered. Once a sweep has taken it, it counts as delivered: it may
    /// still arrive after the cancellation is committed, as it may with any broker. State machines recognise that by its token and leave it.
    /// </remarks>
    /// <typeparam name="TDbContext">The context given to <see cref="OutboxRegistration.AddEntityFrameworkOutbox"/>.</typeparam>
    /// <param name="configurator">The bus.</param>
    public static void AddOutboxMessageScheduler<TDbContext>(this IBusRegistrationConfigurator configurator)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(configurator);
        configurator.AddUnitOfWork<TDbContext>();
        configurator.TryAddSingleton<OwnCommit<TDbContext>>();
        configurator.TryAddSingleton<IOutboxScheduling, OutboxScheduling<TDbContext>>();
        configurator.TryAddScoped(provider => provider.GetService<ConsumeContext>() is { } context and not MissingConsumeContext
            ? provider.GetRequiredService<IOutboxScheduling>().Within(context)
            : provider.GetRequiredService<IOutboxScheduling>().Outside());
    }

    /// <summary>
    /// Makes <c>Schedule</c> and <c>Unschedule</c> of state machines, <c>context.ScheduleSend</c> and <c>context.SchedulePublish</c>, and
    /// <c>UseScheduledRedelivery</c> use the scheduler of <see cref="AddOutboxMessageScheduler"/>. A redelivery is committed before the message
    /// that failed is acknowledged. <c>UseDelayedRedelivery</c> is not affected: it asks the transport to wait.
    /// </summary>
    /// <param name="configurator">The bus factory.</param>
    /// <param name="context">The bus registration.</param>
    public static void UseOutboxMessageScheduler(this IBusFactoryConfigurator configurator, IRegistrationContext context)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        configurator.UseFilter(new OutboxSchedulerFilter(context));
    }
}
