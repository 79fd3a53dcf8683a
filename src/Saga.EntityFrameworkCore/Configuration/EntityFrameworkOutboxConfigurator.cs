using MassTransit;
using MassTransit.DependencyInjection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Saga.EntityFrameworkCore.BusOutbox;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Inbox;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Configuration;

/// <summary>Turns what is configured into options and services.</summary>
internal sealed class EntityFrameworkOutboxConfigurator<TDbContext>(IServiceCollection services)
    : IEntityFrameworkOutboxConfigurator, IEntityFrameworkBusOutboxConfigurator
    where TDbContext : DbContext
{
    private readonly OutboxOptions _options = new();

    public TimeSpan DuplicateDetectionWindow
    {
        get => _options.DuplicateDetectionWindow;
        set => Configure(options => options.DuplicateDetectionWindow = value);
    }

    public TimeSpan QueryDelay
    {
        get => _options.SweepInterval;
        set => Configure(options => options.SweepInterval = value);
    }

    public int QueryMessageLimit
    {
        get => _options.SweepLimit;
        set => Configure(options => options.SweepLimit = value);
    }

    public TimeSpan MessageDeliveryTimeout
    {
        get => _options.DeliveryTimeout;
        set => Configure(options => options.DeliveryTimeout = value);
    }

    public IEntityFrameworkOutboxConfigurator Configure(Action<OutboxOptions> configure)
    {
        configure(_options);
        services.Configure(configure);
        return this;
    }

    public IEntityFrameworkOutboxConfigurator UsePostgres() => Expect(DatabaseKind.Postgres);

    public IEntityFrameworkOutboxConfigurator UseSqlite() => Expect(DatabaseKind.Sqlite);

    public void DisableInboxCleanupService()
    {
        foreach (var cleanup in services.Where(service => service.ImplementationType == typeof(InboxCleanup<TDbContext>)).ToList())
            services.Remove(cleanup);
    }

    public void UseBusOutbox(Action<IEntityFrameworkBusOutboxConfigurator>? configure = null)
    {
        services.TryAddSingleton<SaveObserver<TDbContext>>();
        services.TryAddSingleton<CommitObserver<TDbContext>>();

        // EF Core adds this to whatever AddDbContext or AddDbContextPool says, before or after.
        services.ConfigureDbContext<TDbContext>((provider, options) => options.AddInterceptors(
            provider.GetRequiredService<SaveObserver<TDbContext>>(), provider.GetRequiredService<CommitObserver<TDbContext>>()));
        services.Replace(ServiceDescriptor.Scoped<IScopedBusContextProvider<IBus>, BusOutboxContextProvider<TDbContext>>());
        configure?.Invoke(this);
    }

    private EntityFrameworkOutboxConfigurator<TDbContext> Expect(DatabaseKind kind)
    {
        services.AddSingleton<IValidateOptions<OutboxOptions>>(provider =>
            new ExpectedDatabase<TDbContext>(kind, provider.GetRequiredService<IServiceScopeFactory>()));
        return this;
    }
}
