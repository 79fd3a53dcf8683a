using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Saga.EntityFrameworkCore.Databases;
using Saga.StateMachines.Persistence;

namespace Saga.Worker.Database;

/// <summary>
/// Ready means that the database answers, and that it took what this process wrote last: one that is full or read-only answers as ever. Nothing is written to find out.
/// </summary>
internal sealed class DatabaseHealthCheck(RunDbContext dbContext, DatabaseWatch<RunDbContext> watch) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // Of a table: SQLite would answer anything else without looking into its file.
            await dbContext.Plans.AsNoTracking().OrderBy(plan => plan.Hash).Select(plan => plan.Hash).FirstOrDefaultAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(DatabaseTrouble.Of(exception)?.ToString() ?? $"The database does not answer: {exception.GetBaseException().Message}");
        }

        return watch.Outage is { } outage
            ? HealthCheckResult.Unhealthy($"{outage.Trouble} Messages wait since {outage.Since:u} and go on by themselves.")
            : HealthCheckResult.Healthy();
    }
}
