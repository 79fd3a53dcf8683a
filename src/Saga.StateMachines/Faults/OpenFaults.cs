using Microsoft.EntityFrameworkCore;
using Saga.Contracts;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;

namespace Saga.StateMachines.Faults;

/// <summary>
/// The messages that could not be handled, and for which something waits. What was given up is moot once its run has ended by other means, such as a corrected answer or a cancel: its
/// row stays until the message has been handled or the run is removed, and nobody need be told of it. Only a request to roll back means something to a run that has completed.
/// </summary>
public static class OpenFaults
{
    /// <summary>Queries them, without tracking.</summary>
    public static IQueryable<FaultRow> In(RunDbContext dbContext)
    {
        ArgumentNullException.ThrowIfNull(dbContext);
        return dbContext.Faults.AsNoTracking().Where(fault =>
            fault.RetryAt != null
            || !dbContext.Runs.Any(run => run.CorrelationId == fault.RunId && !RunStates.Live.Contains(run.CurrentState)
                && (run.CurrentState != nameof(RunStatus.Completed) || fault.Message != nameof(RollBackProvisioning))));
    }
}
