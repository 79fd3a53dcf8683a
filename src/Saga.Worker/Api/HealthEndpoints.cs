using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Saga.Worker.Api;

/// <summary>Live means the process answers; ready means its database and its broker do, too.</summary>
internal static class HealthEndpoints
{
    /// <summary>The tag of checks that are for people: while they are degraded, the process is as ready as any other.</summary>
    public const string Advice = "advice";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains("ready"),
            ResponseWriter = WriteReadyAsync,

            // A bus that lost its broker calls itself degraded; nobody should be sent to it all the same.
            ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable },
        });
    }

    private static Task WriteReadyAsync(HttpContext http, HealthReport report)
    {
        if (report.Status == HealthStatus.Degraded && report.Entries.Values.All(entry => entry.Status == HealthStatus.Healthy || entry.Tags.Contains(Advice)))
            http.Response.StatusCode = StatusCodes.Status200OK;
        return WriteAsync(http, report);
    }

    private static Task WriteAsync(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new
    {
        status = Word(report.Status),
        checks = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new { status = Word(entry.Value.Status), description = entry.Value.Description },
            StringComparer.Ordinal),
    }, http.RequestAborted);

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
