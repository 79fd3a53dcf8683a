using MassTransit.Configuration;
using MassTransit.Middleware;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Saga.EntityFrameworkCore.Configuration;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Inbox;
using Saga.EntityFrameworkCore.Outbox;
using Saga.EntityFrameworkCore.Retries;

// The namespace of the well-known package's extensions, so that moving between the two changes no code.
namespace MassTransit;

/// <summary>Registers the transactional outbox.</summary>
public static class OutboxRegistration
{
    /// <summary>
    /// Adds the outbox of a context: delivery, deletion of delivered rows, and the sweep of rows left behind. Map its table with
    /// <see cref="OutboxMessageMap.AddOutboxMessageEntity"/>, that of the inbox with <see cref="InboxStateMap.AddInboxStateEntity"/>, and name the
    /// endpoints with <see cref="UseEntityFrameworkOutbox"/>.
    /// </summary>
    /// <typeparam name="TDbContext">The context, on PostgreSQL or SQLite.</typeparam>
    /// <param name="configurator">The bus.</param>
    /// <param name="configure">Changes options, and extends the outbox to what is sent outside consumers.</param>
    public static void AddEntityFrameworkOutbox<TDbContext>(
        this IBusRegistrationConfigurator configurator, Action<IEntityFrameworkOutboxConfigurator>? configure = null)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(configurator);
        configurator.AddUnitOfWork<TDbContext>();
        configurator.TryAddScoped<IOutboxContextFactory<TDbContext>, OutboxContextFactory<TDbContext>>();
        configurator.TryAddSingleton<InboxTable<TDbContext>>();
        configurator.TryAddScoped<IOutboxContextFactory<InboxTable<TDbContext>>, InboxContextFactory<TDbContext>>();
        configurator.AddHostedService(provider => provider.GetRequiredService<DeliveredRows<TDbContext>>());
        configurator.AddHostedService<OutboxSweeper<TDbContext>>();
        configurator.AddHostedService<InboxCleanup<TDbContext>>();
        configure?.Invoke(new EntityFrameworkOutboxConfigurator<TDbContext>(configurator));
    }

    /// <summary>
    /// Makes an endpoint commit what its consumers and sagas send together with what they change. Failures that trying again can cure are
    /// tried again: a conflict at once, a database in trouble until that is over. Plain consumers recognise duplicates if the inbox is mapped.
    /// </summary>
    /// <typeparam name="TDbContext">The context.</typeparam>
    /// <param name="configurator">The endpoint.</param>
    /// <param name="context">The bus registration.</param>
    public static void UseEntityFrameworkOutbox<TDbContext>(this IReceiveEndpointConfigurator configurator, IRegistrationContext context)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(configurator);

        configurator.UseFilter(new HandBackFilter());

        // Outermost first: a conflict is settled before anybody asks whether the database is there.
        var news = context.GetRequiredService<RetryNews<TDbContext>>();
        configurator.WaitForDatabase<TDbContext>(context);
        configurator.UseMessageRetry(retry =>
        {
            retry.SetRetryPolicy(_ => new ConflictRetry());
            retry.ConnectRetryObserver(news);
        });

        // Only plain consumers need the inbox: what a saga has consumed, its state tells.
        configurator.ConnectConsumerConfigurationObserver(
            new OutboxConsumePipeSpecificationObserver<InboxTable<TDbContext>>(configurator, context));
        configurator.ConnectSagaConfigurationObserver(new OutboxConsumePipeSpecificationObserver<TDbContext>(configurator, context));
    }

    /// <summary>
    /// Has messages whose database is away, locked, full, read-only, out of memory or broken wait for it, however long that takes: handling them is tried again until it is over.
    /// <see cref="UseEntityFrameworkOutbox"/> does so itself; this is for endpoints without it, whose consumers use the database all the same.
    /// </summary>
    /// <typeparam name="TDbContext">The context given to <see cref="AddEntityFrameworkOutbox"/>.</typeparam>
    /// <param name="configurator">The endpoint.</param>
    /// <param name="context">The bus registration.</param>
    public static void WaitForDatabase<TDbContext>(this IReceiveEndpointConfigurator configurator, IRegistrationContext context)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(configurator);
        ArgumentNullException.ThrowIfNull(context);
        configurator.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(DatabaseFailure.IsTrouble);
            retry.SetRetryPolicy(filter => new PatientRetry(filter));
            retry.ConnectRetryObserver(context.GetRequiredService<RetryNews<TDbContext>>());
        });
    }
}
