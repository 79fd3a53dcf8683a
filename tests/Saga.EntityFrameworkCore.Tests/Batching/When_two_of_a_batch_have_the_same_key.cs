using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.BusOutbox;

namespace Saga.EntityFrameworkCore.Tests.Batching;

public sealed class When_two_of_a_batch_have_the_same_key(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task Of_two_inserts_one_fails(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var held = await HeldHost.StartAsync(database);
        await using var one = held.Host.BeginRequest();
        await using var two = held.Host.BeginRequest();
        var id = await one.AddNoteAsync();
        await two.AddNoteAsync(id);

        await held.HoldAsync();
        var saves = new[] { Save(one).SaveChangesAsync(), Save(two).SaveChangesAsync() };
        held.Release();
        await Task.WhenAny(Task.WhenAll(saves));

        saves.Count(save => save.IsFaulted).ShouldBe(1);
        await held.Received.OneAsync<FileNote>();
        await held.Host.SeeRowsLeftBehindAsync(0);
        held.Received.All<FileNote>().Count.ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task Of_two_requests_that_begin_an_instance_the_messages_get_the_one_that_is_stored(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var held = await HeldHost.StartAsync(database);
        await using var one = held.Host.BeginRequest();
        await using var two = held.Host.BeginRequest();
        var id = Guid.NewGuid();
        Save(one).Insert(new Order { CorrelationId = id, CurrentState = "Open", Number = "one", Total = 100 });
        Save(two).Insert(new Order { CorrelationId = id, CurrentState = "Open", Number = "two", Total = 200 });

        await held.HoldAsync();
        var saves = new[] { Save(one).SaveChangesAsync(), Save(two).SaveChangesAsync() };
        held.Release();
        await Task.WhenAny(Task.WhenAll(saves));
        await held.Host.SendAsync(new AddItem(id, 5));

        await Eventually.TrueAsync("the item", async _ => (await held.Host.FindAsync(id))!.Version == 1);
        var order = (await held.Host.FindAsync(id))!;
        order.Total.ShouldBe(order.Number == "one" ? 105 : 205);
        saves.Count(save => save.IsFaulted).ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task An_insert_fails_beside_an_update_of_the_row_that_was_there_before(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var held = await HeldHost.StartAsync(database);
        var id = await held.BeginAsync("1");
        await using var again = held.Host.BeginRequest();
        again.DbContext.Add(new Order { CorrelationId = id, CurrentState = "Open", Number = "2" });

        await held.HoldAsync();
        await held.GatherItemsAsync(id, 1);
        var save = Save(again).SaveChangesAsync();
        held.Release();

        await Should.ThrowAsync<DbUpdateException>(() => save);
        (await held.SeeTotalsAsync(id, 2)).ShouldBe([1]);
        (await held.Host.FindAsync(id))!.Number.ShouldBe("1");
    }

    [Theory, EveryDatabase]
    public async Task A_message_that_comes_twice_is_taken_once(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var held = await HeldHost.StartAsync(database);
        await held.HoldAsync();
        held.Host.Traffic.Forget();

        var (messageId, noteId) = (NewId.NextGuid(), Guid.NewGuid());
        for (var i = 0; i < 2; i++)
            await held.Host.SendAsync(new TakeNote(i == 0 ? noteId : Guid.NewGuid(), "taken"), context => context.MessageId = messageId);
        await Eventually.TrueAsync("two looks into the inbox", _ => Task.FromResult(held.Host.Traffic.Seen.Count(entry => entry == "SELECT") >= 2));
        held.Release();

        await held.Received.OneAsync<FileNote>();
        await held.Host.SeeRowsLeftBehindAsync(0);
        (await held.Host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(1);
        held.Received.All<FileNote>().Count.ShouldBe(1);
    }

    private static GroupSave<OrderDbContext> Save(RequestScope request) => request.Services.GetRequiredService<GroupSave<OrderDbContext>>();
}
