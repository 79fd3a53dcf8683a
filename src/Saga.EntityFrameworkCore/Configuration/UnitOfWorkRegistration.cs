using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.BusOutbox;
using Saga.EntityFrameworkCore.Commits;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Outbox;
using Saga.EntityFrameworkCore.Retries;
using Saga.EntityFrameworkCore.Sagas;
using Saga.EntityFrameworkCore.Telemetry;
using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Configuration;

/// <summary>Registers what the repository and the outbox share; either may come first.</summary>
internal static class UnitOfWorkRegistration
{
    public static void AddUnitOfWork<TDbContext>(this IServiceCollection services)
        where TDbContext : DbContext
    {
        services.AddOptions<OutboxOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OutboxOptions>, OutboxOptionsValidation>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<InstanceLock>();
        services.TryAddSingleton<BusReach>();
        services.AddUncommittedReads<TDbContext>();
        services.TryAddSingleton<DatabaseWatch<TDbContext>>();
        services.TryAddSingleton<DatabaseWrites<TDbContext>>();
        services.TryAddSingleton<RetryNews<TDbContext>>();
        services.TryAddSingleton<OverdueMessages<TDbContext>>();
        services.TryAddSingleton<AdapterMetrics<TDbContext>>();
        services.TryAddSingleton<BatchWriter>();
        services.TryAddSingleton<BatchContext<TDbContext>>();
        services.TryAddSingleton<GroupCommit<TDbContext>>();
        services.TryAddSingleton<DeliveredRows<TDbContext>>();
        services.TryAddSingleton<KeptRows<TDbContext>>();
        services.TryAddSingleton(provider => new KeptMessages<TDbContext>(provider.GetRequiredService<KeptRows<TDbContext>>()));
        services.TryAddSingleton<BrokerSilence<TDbContext>>();
        services.TryAddSingleton<OutboxDelivery<TDbContext>>();
        services.TryAddSingleton<MessageCapture>();
        services.TryAddScoped(provider => new UntrackedRows<TDbContext>(provider.GetRequiredService<TDbContext>()));
        services.TryAddScoped<AfterCommit<TDbContext>>();
        services.TryAddScoped<UnitOfWork<TDbContext>>();
        services.TryAddSingleton<ScopeMessagesOf<TDbContext>>();
        services.TryAddScoped<NewInstances<TDbContext>>();
        services.TryAddScoped(provider => new GroupSave<TDbContext>(
            provider.GetRequiredService<TDbContext>(),
            provider.GetRequiredService<GroupCommit<TDbContext>>(),
            provider.GetRequiredService<ScopeMessagesOf<TDbContext>>(),
            provider.GetRequiredService<NewInstances<TDbContext>>()));
    }

    // Whoever comes first adds it. EF Core adds the interceptor to whatever AddDbContext or AddDbContextPool says, before or after.
    private static void AddUncommittedReads<TDbContext>(this IServiceCollection services)
        where TDbContext : DbContext
    {
        if (services.Any(service => service.ServiceType == typeof(UncommittedReads<TDbContext>)))
            return;
        services.AddSingleton<UncommittedReads<TDbContext>>();
        services.ConfigureDbContext<TDbContext>((provider, options) => options.AddInterceptors(provider.GetRequiredService<UncommittedReads<TDbContext>>()));
    }
}
