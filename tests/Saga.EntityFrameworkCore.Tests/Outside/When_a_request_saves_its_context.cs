using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Outside;

public sealed class When_a_request_saves_its_context(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task What_it_has_sent_is_committed_with_its_rows_and_delivered_at_once(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();
        host.Traffic.Forget();

        var id = await request.AddNoteAsync();
        await request.PublishAsync(new NoteTaken(id));
        host.Traffic.Seen.ShouldNotContain("send FileNote");
        await request.DbContext.SaveChangesAsync();

        (await host.Received.OneAsync<NoteTaken>()).Message.NoteId.ShouldBe(id);
        (await host.Received.OneAsync<FileNote>()).Message.NoteId.ShouldBe(id);
        host.Traffic.Seen.Count(entry => entry == "COMMIT").ShouldBe(1);
        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(1);
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task It_may_save_synchronously(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();

        await request.AddNoteAsync();
        SaveSynchronously(request.DbContext);

        await host.Received.OneAsync<FileNote>();
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task Each_save_delivers_its_own(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();

        var first = await request.AddNoteAsync();
        await request.DbContext.SaveChangesAsync();
        await host.Received.OneAsync<FileNote>();
        var second = await request.AddNoteAsync();
        await request.DbContext.SaveChangesAsync();

        (await host.Received.SomeAsync<FileNote>(2)).Select(file => file.Message.NoteId).ShouldBe([first, second]);
        host.Traffic.Seen.Count(entry => entry == "send FileNote").ShouldBe(2);
    }

    [Theory, EveryDatabase]
    public async Task Messages_sent_at_the_same_time_are_all_stored(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => request.PublishAsync(new NoteTaken(Guid.NewGuid())))));
        await request.DbContext.SaveChangesAsync();

        await host.Received.SomeAsync<NoteTaken>(20);
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task Nothing_is_sent_when_it_never_does(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using (var request = host.BeginRequest())
            await request.AddNoteAsync();

        await SeeOtherTrafficAsync(host);
        host.Traffic.Seen.ShouldNotContain("send FileNote");
        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(0);
    }

    [Theory, EveryDatabase]
    public async Task A_save_that_fails_sends_nothing_and_the_next_stores_and_sends(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var taken = await StoreNoteAsync(host);
        await using var request = host.BeginRequest();
        await request.AddNoteAsync(taken);

        var failure = await Should.ThrowAsync<DbUpdateException>(() => request.DbContext.SaveChangesAsync());
        DatabaseFailure.IsConflict(failure).ShouldBeTrue();
        (await host.CountOutboxAsync()).ShouldBe(0);
        await SeeOtherTrafficAsync(host);
        host.Traffic.Seen.ShouldNotContain("send FileNote");

        request.DbContext.Entry(request.DbContext.Notes.Local.Single()).State = EntityState.Detached;
        await request.DbContext.SaveChangesAsync();
        (await host.Received.OneAsync<FileNote>()).Message.NoteId.ShouldBe(taken);
    }

    [Theory, EveryDatabase]
    public async Task What_the_context_was_made_to_forget_is_not_sent(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();
        await request.AddNoteAsync();

        request.DbContext.ChangeTracker.Clear();
        await request.PublishAsync(new NoteTaken(Guid.NewGuid()));
        await request.DbContext.SaveChangesAsync();

        await host.Received.OneAsync<NoteTaken>();
        host.Traffic.Seen.ShouldNotContain("send FileNote");
    }

    [Theory, EveryDatabase]
    public async Task A_context_from_a_pool_brings_nothing_along_from_the_request_before(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, new HostSettings { Pooled = true });
        OrderDbContext used;
        await using (var before = host.BeginRequest())
        {
            used = before.DbContext;
            await before.AddNoteAsync();
        }

        await using var request = await BeginRequestWithAsync(used, host);
        await request.PublishAsync(new NoteTaken(Guid.NewGuid()));
        await request.DbContext.SaveChangesAsync();

        await host.Received.OneAsync<NoteTaken>();
        host.Traffic.Seen.ShouldNotContain("send FileNote");
        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(0);
    }

    // The pool may hand out one that a sweep has used, or have lent the context to a sweep. It is a queue, so taking a few at a time comes by all of them;
    // taking many would make more than the 16 it has room for, and the one that a sweep gives back then would be thrown away.
    private static async Task<RequestScope> BeginRequestWithAsync(OrderDbContext used, OrderHost host)
    {
        RequestScope? found = null;
        await Eventually.TrueAsync("the pool to hand out the context again", async _ =>
        {
            var requests = Enumerable.Range(0, 4).Select(_ => host.BeginRequest()).ToList();
            found = requests.Find(request => ReferenceEquals(request.DbContext, used));
            foreach (var request in requests.Where(request => request != found))
                await request.DisposeAsync();
            return found is not null;
        });
        return found!;
    }

    // Something else is sent and arrives, so what was sent before would have been on its way too.
    private static async Task SeeOtherTrafficAsync(OrderHost host)
    {
        await using var other = host.BeginRequest();
        await other.PublishAsync(new NoteTaken(Guid.NewGuid()));
        await other.DbContext.SaveChangesAsync();
        await host.Received.OneAsync<NoteTaken>();
    }

    private static async Task<Guid> StoreNoteAsync(OrderHost host) => await host.AskAsync(async db =>
    {
        var note = new Note { Id = Guid.NewGuid() };
        db.Add(note);
        await db.SaveChangesAsync();
        return note.Id;
    });

    private static void SaveSynchronously(OrderDbContext dbContext) => dbContext.SaveChanges();
}
