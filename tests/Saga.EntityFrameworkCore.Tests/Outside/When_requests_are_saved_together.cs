using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.BusOutbox;

namespace Saga.EntityFrameworkCore.Tests.Outside;

public sealed class When_requests_are_saved_together(PostgresServer postgres)
{
    private const int Requests = 30;

    [Theory, EveryDatabase]
    public async Task They_share_transactions_and_each_sends_its_own(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        host.Traffic.Forget();

        // The first of them is not committed before all are there, however late the last is.
        var saving = 0;
        host.Traffic.OnTransaction = () => SpinWait.SpinUntil(() => Volatile.Read(ref saving) == Requests, Patience.Limit);
        var ids = await Task.WhenAll(Enumerable.Range(0, Requests).Select(async _ =>
        {
            await using var request = host.BeginRequest();
            var id = await request.AddNoteAsync();
            Interlocked.Increment(ref saving);
            await Save(request).SaveChangesAsync();
            return id;
        }));
        host.Traffic.Seen.Count(entry => entry == "COMMIT").ShouldBeLessThan(Requests);

        (await host.Received.SomeAsync<FileNote>(Requests)).Select(file => file.Message.NoteId).ShouldBe(ids, ignoreOrder: true);
        await host.SeeRowsLeftBehindAsync(0);
        host.Traffic.Seen.Count(entry => entry == "send FileNote").ShouldBe(Requests);
    }

    [Theory, EveryDatabase]
    public async Task One_that_conflicts_stores_nothing_and_sends_nothing(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var first = host.BeginRequest();
        await using var second = host.BeginRequest();
        var id = await first.AddNoteAsync();
        await second.AddNoteAsync(id);

        await Save(first).SaveChangesAsync();
        var failure = await Should.ThrowAsync<DbUpdateException>(() => Save(second).SaveChangesAsync());

        DatabaseFailure.IsConflict(failure).ShouldBeTrue();
        await host.Received.OneAsync<FileNote>();
        await host.SeeRowsLeftBehindAsync(0);
        host.Traffic.Seen.Count(entry => entry == "send FileNote").ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task An_open_transaction_is_refused(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();
        await using var transaction = await request.DbContext.Database.BeginTransactionAsync();
        await request.AddNoteAsync();

        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => Save(request).SaveChangesAsync());

        refusal.Message.ShouldBe(
            "OrderDbContext has an open transaction, and a commit together with others would not be part of it. Call SaveChangesAsync of the "
            + "context instead, and commit the transaction.");
        host.Traffic.Seen.ShouldNotContain("send FileNote");
    }

    [Theory, EveryDatabase]
    public async Task A_transaction_around_the_request_is_refused(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();
        using var around = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
        await request.AddNoteAsync();

        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => Save(request).SaveChangesAsync());

        refusal.Message.ShouldStartWith("OrderDbContext has an open transaction");
    }

    [Fact]
    public async Task A_transaction_that_the_context_takes_part_in_is_refused()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();
        using var around = new CommittableTransaction();
        await request.DbContext.Database.OpenConnectionAsync();
        request.DbContext.Database.EnlistTransaction(around);
        await request.AddNoteAsync();

        await Should.ThrowAsync<InvalidOperationException>(() => Save(request).SaveChangesAsync());
        around.Rollback();
    }

    private static GroupSave<OrderDbContext> Save(RequestScope request) => request.Services.GetRequiredService<GroupSave<OrderDbContext>>();
}
