using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Saga.EntityFrameworkCore.Tests.Outside;

public sealed class When_a_request_opens_a_transaction(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task What_it_has_sent_is_delivered_right_after_the_commit(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();
        host.Traffic.Forget();

        await using var transaction = await request.DbContext.Database.BeginTransactionAsync();
        await request.AddNoteAsync();
        await request.DbContext.SaveChangesAsync();
        await request.AddNoteAsync();
        await request.DbContext.SaveChangesAsync();
        host.Traffic.Seen.ShouldNotContain("send FileNote");
        await transaction.CommitAsync();

        await host.Received.SomeAsync<FileNote>(2);
        await host.SeeRowsLeftBehindAsync(0);
        var untilDelivery = host.Traffic.Seen.TakeWhile(entry => entry != "send FileNote").ToList();
        untilDelivery.Count(entry => entry == "COMMIT").ShouldBe(1);
        untilDelivery.ShouldNotContain("UPDATE");
    }

    [Theory, EveryDatabase]
    public async Task It_may_commit_synchronously(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();
        await request.AddNoteAsync();

        SaveAndCommitSynchronously(request.DbContext);

        await host.Received.OneAsync<FileNote>();
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task Nothing_is_sent_after_a_rollback(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();

        await using (var undone = await request.DbContext.Database.BeginTransactionAsync())
        {
            await request.AddNoteAsync();
            await request.DbContext.SaveChangesAsync();
            await undone.RollbackAsync();
        }

        await SendAnotherAsync(request);
        await host.Received.OneAsync<NoteTaken>();
        host.Traffic.Seen.ShouldNotContain("send FileNote");
    }

    [Theory, EveryDatabase]
    public async Task A_transaction_that_is_disposed_of_was_not_committed(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();

        await using (await request.DbContext.Database.BeginTransactionAsync())
        {
            await request.AddNoteAsync();
            await request.DbContext.SaveChangesAsync();
        }

        await using var transaction = await request.DbContext.Database.BeginTransactionAsync();
        await SendAnotherAsync(request);
        await transaction.CommitAsync();

        await host.Received.OneAsync<NoteTaken>();
        host.Traffic.Seen.ShouldNotContain("send FileNote");
    }

    [Theory, EveryDatabase]
    public async Task What_went_with_a_savepoint_is_not_sent(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();

        await using var transaction = await request.DbContext.Database.BeginTransactionAsync();
        await SendAnotherAsync(request);
        await SendAndGoBackAsync(request, transaction);
        await transaction.CommitAsync();

        await host.Received.OneAsync<NoteTaken>();
        await host.SeeRowsLeftBehindAsync(0);
        host.Traffic.Seen.ShouldNotContain("send FileNote");
    }

    [Theory, EveryDatabase]
    public async Task Nor_when_more_is_saved_after_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();

        await using var transaction = await request.DbContext.Database.BeginTransactionAsync();
        await SendAndGoBackAsync(request, transaction);
        await SendAnotherAsync(request);
        await transaction.CommitAsync();

        await host.Received.OneAsync<NoteTaken>();
        await host.SeeRowsLeftBehindAsync(0);
        host.Traffic.Seen.ShouldNotContain("send FileNote");
    }

    [Theory, EveryDatabase]
    public async Task Its_rows_are_sent_when_a_rolled_back_save_is_made_again(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();
        await request.AddNoteAsync();

        await using (await request.DbContext.Database.BeginTransactionAsync())
            await request.DbContext.SaveChangesAsync(acceptAllChangesOnSuccess: false);
        await using (var again = await request.DbContext.Database.BeginTransactionAsync())
        {
            await request.DbContext.SaveChangesAsync(acceptAllChangesOnSuccess: false);
            await again.CommitAsync();
        }

        await host.Received.OneAsync<FileNote>();
        await host.SeeRowsLeftBehindAsync(0);
        host.Traffic.Seen.Count(entry => entry == "send FileNote").ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task However_long_it_took_its_rows_have_their_grace_from_the_commit_on(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, new HostSettings
        {
            Outbox = options =>
            {
                // Any time that passes before the commit leaves less of the grace than a delivery may take.
                options.SweepGrace = TimeSpan.FromMinutes(30);
                options.DeliveryTimeout = options.SweepGrace - TimeSpan.FromTicks(1);
                options.SweepLease = TimeSpan.FromHours(1);
            },
            BeforeStart = HostSettings.DeliveringNothing.BeforeStart,
        });
        await using var request = host.BeginRequest();

        await using var transaction = await request.DbContext.Database.BeginTransactionAsync();
        await request.AddNoteAsync();
        await request.DbContext.SaveChangesAsync();
        var beforeCommit = DateTimeOffset.UtcNow;
        await transaction.CommitAsync();

        // PostgreSQL knows no smaller time than a microsecond.
        var row = await host.AskAsync(db => db.Outbox.SingleAsync());
        row.DueAt.ShouldBeGreaterThanOrEqualTo(beforeCommit + TimeSpan.FromMinutes(30) - TimeSpan.FromMicroseconds(1));
        host.Traffic.Seen.TakeWhile(entry => entry != "COMMIT").ShouldContain("UPDATE");
    }

    [Fact]
    public async Task An_ambient_transaction_will_do_on_PostgreSQL()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();

        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await request.AddNoteAsync();
            await request.DbContext.SaveChangesAsync();
        }

        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await SendAnotherAsync(request);
            host.Traffic.Seen.ShouldNotContain("send NoteTaken");
            scope.Complete();
        }

        await host.Received.OneAsync<NoteTaken>();
        await host.SeeRowsLeftBehindAsync(0);
        host.Traffic.Seen.ShouldNotContain("send FileNote");
    }

    private static async Task SendAnotherAsync(RequestScope request)
    {
        await request.PublishAsync(new NoteTaken(Guid.NewGuid()));
        await request.DbContext.SaveChangesAsync();
    }

    private static async Task SendAndGoBackAsync(RequestScope request, IDbContextTransaction transaction)
    {
        await transaction.CreateSavepointAsync("before");
        await request.AddNoteAsync();
        await request.DbContext.SaveChangesAsync();
        await transaction.RollbackToSavepointAsync("before");
    }

    private static void SaveAndCommitSynchronously(OrderDbContext dbContext)
    {
        using var transaction = dbContext.Database.BeginTransaction();
        dbContext.SaveChanges();
        transaction.Commit();
    }
}
