using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Saga.EntityFrameworkCore.Databases;
using Saga.StateMachines.Faults;
using Saga.StateMachines.Persistence;

namespace Saga.Worker.Database;

/// <summary>Degraded while something waits for a message that could not be handled. Every process says the same, and none would do any better.</summary>
internal sealed class FaultsHealthCheck(RunDbContext dbContext) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var faults = await OpenFaults.In(dbContext).GroupBy(_ => 1)
                .Select(all => new { Count = all.Count(), GivenUp = all.Count(fault => fault.RetryAt == null), Since = all.Min(fault => fault.Since) })
                .SingleOrDefaultAsync(cancellationToken);
            return faults is null ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(Describe(faults.Count, faults.GivenUp, faults.Since));
        }
        catch (Exception exception) when (DatabaseFailure.IsTrouble(exception))
        {
            // The check of the database says so.
            return HealthCheckResult.Healthy();
        }
    }

    private static string Describe(int count, int givenUp, DateTimeOffset since)
    {
        var facts = string.Create(
            CultureInfo.InvariantCulture,
            $"Messages that could not be handled: {count:N0}, the oldest since {since:u}. {count - givenUp:N0} of them are handled again by themselves, {givenUp:N0} were given up.");
        return $"{facts} Their runs wait: `GET /api/runs?faulted=true` lists them, `waitingOn` of each says why, and log events 1011 and 1012 have the stack.";
    }
}
