using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Tests.Outside;

public sealed class When_messages_are_sent_from_outside_a_consumer(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task They_are_committed_with_the_callers_rows_and_delivered_at_once(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var scope = host.Services.CreateAsyncScope();
        var (outbox, dbContext) = Of(scope);
        var id = Guid.NewGuid();
        host.Traffic.Forget();

        dbContext.Add(new Note { Id = id });
        await outbox.PublishAsync(new NoteTaken(id));
        await outbox.SendAsync(NoteConsumer.Filing, new FileNote(id));
        host.Traffic.Seen.ShouldNotContain("send FileNote");
        await outbox.SaveChangesAsync();

        await host.Received.OneAsync<NoteTaken>();
        await host.Received.OneAsync<FileNote>();
        host.Traffic.Seen.Count(entry => entry == "COMMIT").ShouldBe(1);
        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(1);
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task A_conflict_stores_nothing_and_sends_nothing(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var scope = host.Services.CreateAsyncScope();
        var (outbox, dbContext) = Of(scope);
        var id = await StoreNoteAsync(database);

        dbContext.Add(new Note { Id = id });
        await outbox.SendAsync(NoteConsumer.Filing, new FileNote(id));
        var failure = await Should.ThrowAsync<DbUpdateException>(() => outbox.SaveChangesAsync());

        DatabaseFailure.IsConflict(failure).ShouldBeTrue();
        (await host.CountOutboxAsync()).ShouldBe(0);
        host.Traffic.Seen.ShouldNotContain("send FileNote");
    }

    [Theory, EveryDatabase]
    public async Task What_the_context_was_made_to_forget_is_not_sent_by_a_later_save(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var scope = host.Services.CreateAsyncScope();
        var (outbox, dbContext) = Of(scope);
        var id = await StoreNoteAsync(database);
        dbContext.Add(new Note { Id = id });
        await outbox.SendAsync(NoteConsumer.Filing, new FileNote(id));
        await Should.ThrowAsync<DbUpdateException>(() => outbox.SaveChangesAsync());

        dbContext.ChangeTracker.Clear();
        await outbox.PublishAsync(new NoteTaken(id));
        await outbox.SaveChangesAsync();

        await host.Received.OneAsync<NoteTaken>();
        host.Traffic.Seen.ShouldNotContain("send FileNote");
    }

    [Theory, EveryDatabase]
    public async Task Each_save_delivers_only_its_own(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var scope = host.Services.CreateAsyncScope();
        var (outbox, _) = Of(scope);

        await outbox.PublishAsync(new NoteTaken(Guid.NewGuid()));
        await outbox.SaveChangesAsync();
        await outbox.SendAsync(NoteConsumer.Filing, new FileNote(Guid.NewGuid()));
        await outbox.SaveChangesAsync();

        await host.Received.OneAsync<FileNote>();
        host.Traffic.Seen.Count(entry => entry == "send NoteTaken").ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task An_open_transaction_of_the_callers_own_is_refused(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var scope = host.Services.CreateAsyncScope();
        var (outbox, dbContext) = Of(scope);
        await using var transaction = await dbContext.Database.BeginTransactionAsync();
        await outbox.SendAsync(NoteConsumer.Filing, new FileNote(Guid.NewGuid()));

        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => outbox.SaveChangesAsync());

        refusal.Message.ShouldStartWith("OrderDbContext has an open transaction.");
        host.Traffic.Seen.ShouldNotContain("send FileNote");
    }

    [Fact]
    public async Task A_scope_that_is_disposed_of_synchronously_will_do()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Sqlite);
        await using var host = await OrderHost.StartAsync(database);
        using (var scope = host.Services.CreateScope())
            await Of(scope).Outbox.PublishAsync(new NoteTaken(Guid.NewGuid()));

        host.Traffic.Seen.ShouldNotContain("send NoteTaken");
    }

    private static (TransactionalOutbox<OrderDbContext> Outbox, OrderDbContext DbContext) Of(IServiceScope scope) =>
        (scope.ServiceProvider.GetRequiredService<TransactionalOutbox<OrderDbContext>>(), scope.ServiceProvider.GetRequiredService<OrderDbContext>());

    private static async Task<Guid> StoreNoteAsync(IOrderDatabase database)
    {
        await using var dbContext = OrderDbContext.Open(database);
        var note = new Note { Id = Guid.NewGuid() };
        dbContext.Add(note);
        await dbContext.SaveChangesAsync();
        return note.Id;
    }
}
