using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Saga.EntityFrameworkCore.Tests.Running;

/// <summary>Holds the row of an order on PostgreSQL, so that whatever writes it waits, and what is saved meanwhile gathers in the next batch.</summary>
internal sealed class LockedOrder : IAsyncDisposable
{
    private readonly IOrderDatabase _database;
    private readonly OrderDbContext _dbContext;
    private IDbContextTransaction? _transaction;

    private LockedOrder(IOrderDatabase database)
    {
        _database = database;
        _dbContext = OrderDbContext.Open(database);
    }

    /// <summary>Has a batch of the host wait for the row of an order.</summary>
    public static async Task<LockedOrder> HoldAsync(OrderHost host, IOrderDatabase database)
    {
        var id = Guid.NewGuid();
        await host.SendAsync(new SubmitOrder(id, "held"));
        await host.Received.OneAsync<PackOrder>();
        await host.SeeRowsLeftBehindAsync(0);

        var locked = new LockedOrder(database);
        try
        {
            await locked.LockAsync(id);
            await host.SendAsync(new AddItem(id, 1));
            await locked.SeeWaitingAsync();
            return locked;
        }
        catch
        {
            // The host could not stop while its batch waits.
            await locked.DisposeAsync();
            throw;
        }
    }

    public Task ReleaseAsync() => _transaction!.RollbackAsync();

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        await _dbContext.DisposeAsync();
    }

    private async Task LockAsync(Guid order)
    {
        _transaction = await _dbContext.Database.BeginTransactionAsync();
        var rows = await _dbContext.Orders.Where(row => row.CorrelationId == order).ExecuteUpdateAsync(row => row.SetProperty(o => o.Total, o => o.Total));
        rows.ShouldBe(1);
    }

    // Asked outside of the transaction, within which the answer would always be the first one.
    private async Task SeeWaitingAsync()
    {
        await using var dbContext = OrderDbContext.Open(_database);
        await Eventually.TrueAsync("somebody who waits for the row", async _ => await dbContext.Database.SqlQueryRaw<int>(
            "SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").SingleAsync() > 0);
    }
}
