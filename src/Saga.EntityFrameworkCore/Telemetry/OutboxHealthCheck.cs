using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Telemetry;

/// <summary>Degraded while a message has been due for too long: something is wrong with the broker or with where the message goes.</summary>
internal sealed class OutboxHealthCheck<TDbContext>(
    OverdueMessages<TDbContext> overdue,
    BrokerSilence<TDbContext> silence,
    TimeProvider clock,
    IOptions<OutboxOptions> options) : IHealthCheck
    where TDbContext : DbContext
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // A silence knows its own beginning; that of a scheduled row is reckoned from leases, which do not grow meanwhile.
        if (silence.Since is { } since && overdue.Latest.Count > 0 && clock.GetUtcNow() - since > options.Value.OverdueLimit)
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, Describe(overdue.Latest.Count, since)));

        var age = overdue.AgeOfOldest;
        return Task.FromResult(age <= options.Value.OverdueLimit
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, Describe(overdue.Latest.Count, age)));
    }

    private static string Describe(int count, DateTimeOffset since) => string.Create(
        CultureInfo.InvariantCulture,
        $"The broker is connected and has answered no delivery since {since:HH:mm:ss} UTC: it is frozen, or short of memory or disk, and then takes nothing from who publishes. ")
        + $"Messages in the outbox of {typeof(TDbContext).Name} wait for it: {Counted(count)}. Nothing is lost. "
        + "Give the broker memory or disk, or start it again; `rabbitmq-diagnostics status` lists its alarms.";

    private static string Describe(int count, TimeSpan age) =>
        $"Messages in the outbox of {typeof(TDbContext).Name} are due and not delivered: {Counted(count)}, the oldest for {age:d\\.hh\\:mm\\:ss}. "
        + "Nothing is lost, and each is tried again. Log event 4001 says where they go and why that fails: bring back the broker, or create the queue.";

    private static string Counted(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{(count < OverdueMessages<TDbContext>.MostCounted ? "" : "at least ")}{count:N0}");
}
