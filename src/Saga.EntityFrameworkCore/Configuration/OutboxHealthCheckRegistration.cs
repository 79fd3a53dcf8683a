using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Saga.EntityFrameworkCore.Outbox;
using Saga.EntityFrameworkCore.Telemetry;

// The namespace of every extension of IHealthChecksBuilder.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the outbox's health check.</summary>
public static class OutboxHealthCheckRegistration
{
    /// <summary>
    /// Adds a check that is degraded while a message has been due for longer than <see cref="OutboxOptions.OverdueLimit"/>. It asks the database
    /// nothing: it tells what the sweeper saw last.
    /// </summary>
    /// <remarks>
    /// Another process would not do any better, so a degraded outbox is no reason to take this one out of service.
    /// </remarks>
    /// <typeparam name="TDbContext">The context given to <see cref="OutboxRegistration.AddEntityFrameworkOutbox"/>.</typeparam>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="tags">Its tags.</param>
    public static IHealthChecksBuilder AddOutboxHealthCheck<TDbContext>(
        this IHealthChecksBuilder builder, string name = "outbox", IEnumerable<string>? tags = null)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<OutboxHealthCheck<TDbContext>>(name, HealthStatus.Degraded, tags ?? []);
    }
}
