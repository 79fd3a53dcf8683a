using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Telemetry;

/// <summary>Degraded while a message has been due for too long: something is wrong with the broker or with where the message goes.</summary>
internal sealed class OutboxHealthCheck<TDbContext>(OverdueMessages<TDbContext> overdue, IOptions<OutboxOptions> options) : IHealthCheck
    where TDbContext : DbContext
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var age = overdue.AgeOfOldest;
        return Task.FromResult(age <= options.Value.OverdueLimit
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, Describe(overdue.Latest.Count, age)));
    }

    private static string Describe(int count, TimeSpan age)
    {
        var counted = string.Create(CultureInfo.InvariantCulture, $"{(count < OverdueMessages<TDbContext>.MostCounted ? "" : "at least ")}{count:N0}");
        return $"Messages in the outbox of {typeof(TDbContext).Name} are due and not delivered: {counted}, the oldest for {age:d\\.hh\\:mm\\:ss}. "
            + "Nothing is lost, and each is tried again. Log event 4001 says where they go and why that fails: bring back the broker, or create the queue.";
    }
}
