using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Saga.Worker.Messaging;

/// <summary>
/// What the bus says of itself, but for one thing: when the broker goes away while it starts, it may say for ever that it is not started, though it has come to read all its
/// queues.
/// </summary>
internal sealed class BrokerHealthCheck(IBusControl bus) : IHealthCheck
{
    /// <summary>What the check is called.</summary>
    public const string Name = "broker";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var health = bus.CheckHealth();
        if (health.Endpoints.Values.All(endpoint => endpoint.Status == BusHealthStatus.Healthy))
            return HealthCheckResult.Healthy("Ready");
        return health.Status == BusHealthStatus.Unhealthy
            ? HealthCheckResult.Unhealthy(health.Description, health.Exception)
            : HealthCheckResult.Degraded(health.Description, health.Exception);
    }
}
