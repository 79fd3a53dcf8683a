using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Databases;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Registration;
using Saga.Worker.Api;
using Saga.Worker.Definitions;
using Saga.Worker.Hosting;

namespace Saga.Worker.Database;

/// <summary>Registers the run's tables on the configured database.</summary>
internal static class DatabaseRegistration
{
    public static void AddRunDatabase(this IServiceCollection services, WorkerSettings settings)
    {
        if (!settings.NeedsDatabase)
            return;

        services.AddRuns();
        services.AddDbContextPool<RunDbContext>(options =>
        {
            if (settings.DatabaseKind == DatabaseKind.Postgres)
                options.UseNpgsql(settings.Database);
            else
                options.UseSqlite(settings.Database).AddInterceptors(new SqlitePragmas());
        });

        // Registered first, so that it is done before the bus, the sweep and the HTTP server start.
        services.AddHostedService<DatabaseSetup>();
        services.AddHostedService<DefinitionRegistrar>();
        services.AddHealthChecks()
            .AddCheck<DatabaseHealthCheck>("database", tags: ["ready"])
            .AddCheck<FaultsHealthCheck>("faults", tags: ["ready", HealthEndpoints.Advice])
            .AddOutboxHealthCheck<RunDbContext>(tags: ["ready", HealthEndpoints.Advice]);
    }
}
