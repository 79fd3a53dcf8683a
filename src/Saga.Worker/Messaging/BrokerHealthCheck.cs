using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Saga.Worker.Hosting;
using Headers = RabbitMQ.Client.Headers;

namespace Saga.Worker.Messaging;

/// <summary>
/// What the bus says of itself, but for two things: when the broker goes away while it starts, it may say for ever that it is not started, though it has come to read all its
/// queues; and it does not say what the broker refused.
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
        var description = Describe(health.Description, health.Exception);
        return health.Status == BusHealthStatus.Unhealthy
            ? HealthCheckResult.Unhealthy(description, health.Exception)
            : HealthCheckResult.Degraded(description, health.Exception);
    }

    /// <summary>Adds what the broker refused, if it did, and what to do about it.</summary>
    internal static string Describe(string description, Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is not OperationInterruptedException { ShutdownReason: { ReplyCode: Constants.PreconditionFailed, ReplyText: var refusal } })
                continue;
            return $"{description}. {refusal}.{RemedyFor(refusal)}";
        }

        return description;
    }

    private static string RemedyFor(string refusal)
    {
        const string Delete = "elete the queue and its error queue while nothing uses them and nothing is in them.";
        if (refusal.Contains(Headers.XQueueType, StringComparison.Ordinal))
            return $" Set {WorkerSettings.QueueTypeKey} in every process that reads it to the type the queue has, or d{Delete}";
        return refusal.Contains("inequivalent arg", StringComparison.Ordinal) ? $" Another program or version made it. D{Delete}" : "";
    }
}
