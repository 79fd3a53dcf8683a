using Saga.Contracts.Json;
using Saga.Worker.Hosting;

namespace Saga.Worker.Api;

/// <summary>Puts the HTTP API on the application.</summary>
internal static class ApiRegistration
{
    public static void AddRunApi(this IServiceCollection services, WorkerSettings settings)
    {
        services.AddHealthChecks();
        services.AddProblemDetails();
        if (!settings.Roles.HasFlag(WorkerRoles.Api))
            return;

        services.AddExceptionHandler<DatabaseTroubleHandler>();
        // A view has room around every value that was ever taken in, and around the deepest plan.
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.MaxDepth = ValueRule.ReadingDepth);
        services.AddOpenApi();
        services.AddScoped<RunReader>();
    }

    public static void UseRunApi(this WebApplication app, WorkerSettings settings)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();

        // Every role has health; only the API has the rest.
        app.MapHealth();
        if (!settings.Roles.HasFlag(WorkerRoles.Api))
            return;

        app.UsePathNames();
        app.MapOpenApi();
        var api = app.MapGroup("/api");
        api.MapRuns();
        api.MapStops();
        api.MapSignals();
        api.MapPlans();
        api.MapDefinitions();
        api.MapGraphs();
        api.MapSteps();
    }
}
