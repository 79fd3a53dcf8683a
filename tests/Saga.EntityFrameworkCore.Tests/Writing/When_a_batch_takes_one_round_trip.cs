using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.BusOutbox;
using Saga.EntityFrameworkCore.Tests.Telemetry;

namespace Saga.EntityFrameworkCore.Tests.Writing;

public sealed class When_a_batch_takes_one_round_trip(PostgresServer postgres)
{
    private const int Many = 10;

    private static readonly HostSettings _atOnce = new() { SeesTransactions = false };

    [Fact]
    public async Task A_message_is_written_and_committed_by_it()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        using var measured = new Measurements();
        await using var host = await OrderHost.StartAsync(database, To(measured));

        var id = Guid.NewGuid();
        await host.SendAsync(new SubmitOrder(id, "1"));
        await host.Received.OneAsync<PackOrder>();
        await host.SendAsync(new AddItem(id, 5));
        await host.Received.OneAsync<ItemAdded>();

        await host.SeeRowsLeftBehindAsync(0);
        (await host.FindAsync(id))!.Total.ShouldBe(5);
        measured.Of("saga.db.round_trips", "operation=batch_with_commit").Sum().ShouldBeGreaterThanOrEqualTo(2);
        measured.Of("saga.db.round_trips", "operation=batch").ShouldBeEmpty();
        measured.Of("saga.db.round_trips", "operation=commit").ShouldBeEmpty();
        measured.Of("saga.db.transactions", "outcome=rollback").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_instance_that_was_overtaken_is_handled_again_as_it_is_stored()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        using var measured = new Measurements();
        await using var host = await OrderHost.StartAsync(database, To(measured));
        var id = Guid.NewGuid();
        await host.SendAsync(new SubmitOrder(id, "1"));
        await host.Received.OneAsync<PackOrder>();
        await host.AskAsync(db => db.Orders.ExecuteUpdateAsync(row => row
            .SetProperty(order => order.Version, order => order.Version + 1).SetProperty(order => order.Total, 100)));

        await host.SendAsync(new AddItem(id, 5));

        (await host.Received.OneAsync<ItemAdded>()).Message.Total.ShouldBe(105);
        await host.SeeRowsLeftBehindAsync(0);
        (await host.FindAsync(id))!.Total.ShouldBe(105);
        host.Received.All<ItemAdded>().Count.ShouldBe(1);
        measured.Of("saga.batch.conflicts").Sum().ShouldBe(1);
        measured.Of("saga.db.transactions", "outcome=rollback").Sum().ShouldBe(1);
    }

    [Fact]
    public async Task Of_two_inserts_of_a_key_one_fails_and_the_others_of_the_batch_are_written()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var host = await OrderHost.StartAsync(database, _atOnce);
        await using var locked = await LockedOrder.HoldAsync(host, database);
        await using var again = host.BeginRequest();
        var requests = Enumerable.Range(0, Many).Select(_ => host.BeginRequest()).ToList();
        var notes = new List<Guid>();
        foreach (var request in requests)
            notes.Add(await request.AddNoteAsync());
        await again.AddNoteAsync(notes[0]);

        var saves = requests.Append(again).Select(Save).ToList();
        await locked.ReleaseAsync();
        await Task.WhenAny(Task.WhenAll(saves));

        saves.Count(save => save.IsFaulted).ShouldBe(1);
        (await host.Received.SomeAsync<FileNote>(Many)).Select(filed => filed.Message.NoteId).ShouldBe(notes, ignoreOrder: true);
        await host.SeeRowsLeftBehindAsync(0);
        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(Many);
        host.Received.All<FileNote>().Count.ShouldBe(Many);
    }

    [Fact]
    public async Task A_row_that_breaks_another_rule_fails_alone()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var host = await OrderHost.StartAsync(database, _atOnce);
        await using var locked = await LockedOrder.HoldAsync(host, database);
        await using var good = host.BeginRequest();
        await using var bad = host.BeginRequest();
        var note = await good.AddNoteAsync();
        await bad.AddNoteAsync();
        bad.DbContext.Notes.Local.Single().Text = null!;

        var (goodSave, badSave) = (Save(good), Save(bad));
        await locked.ReleaseAsync();

        await goodSave;
        await Should.ThrowAsync<DbUpdateException>(() => badSave);
        (await host.Received.OneAsync<FileNote>()).Message.NoteId.ShouldBe(note);
        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task A_row_to_delete_that_is_gone_fails_its_message_alone()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var host = await OrderHost.StartAsync(database, _atOnce);
        var gone = await StoreNoteAsync(host);
        var there = await StoreNoteAsync(host);
        await using var locked = await LockedOrder.HoldAsync(host, database);
        await using var one = host.BeginRequest();
        await using var other = host.BeginRequest();
        one.DbContext.Remove(await one.DbContext.Notes.SingleAsync(note => note.Id == gone));
        other.DbContext.Remove(await other.DbContext.Notes.SingleAsync(note => note.Id == there));
        await host.AskAsync(db => db.Notes.Where(note => note.Id == gone).ExecuteDeleteAsync());

        var (oneSave, otherSave) = (Save(one), Save(other));
        await locked.ReleaseAsync();

        await otherSave;
        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => oneSave);
        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(0);
    }

    private static async Task<Guid> StoreNoteAsync(OrderHost host)
    {
        var note = new Note { Id = Guid.NewGuid() };
        await host.AskAsync(db =>
        {
            db.Add(note);
            return db.SaveChangesAsync();
        });
        return note.Id;
    }

    private static Task Save(RequestScope request) => request.Services.GetRequiredService<GroupSave<OrderDbContext>>().SaveChangesAsync();

    private static HostSettings To(Measurements measured) => _atOnce with { Register = bus => bus.AddSingleton<IMeterFactory>(measured) };
}
