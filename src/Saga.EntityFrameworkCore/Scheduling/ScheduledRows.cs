using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Outbox;
using Saga.EntityFrameworkCore.Sagas;

namespace Saga.EntityFrameworkCore.Scheduling;

/// <summary>The rows of scheduled messages that wait for their time.</summary>
internal static class ScheduledRows
{
    /// <summary>
    /// Makes the unit of work delete what is scheduled under a token. It is read first, because what is gone need not be deleted; and should it
    /// go before the commit, that is a conflict like any other: the message is handled again, and then finds nothing to cancel.
    /// </summary>
    public static async Task CancelAsync<TDbContext>(UnitOfWork<TDbContext> work, Guid scheduleTokenId, CancellationToken cancellationToken)
        where TDbContext : DbContext
    {
        if (work.Withdraw(scheduleTokenId))
            return;

        var rows = await work.DbContext.Set<OutboxMessage>().AsTracking()
            .Where(row => row.ScheduleTokenId == scheduleTokenId)
            .ToListAsync(cancellationToken);
        work.DbContext.RemoveRange(rows);
    }
}
