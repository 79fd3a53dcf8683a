using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Saga.EntityFrameworkCore.Tests.Sagas;

public sealed class When_the_message_before_is_not_committed_yet(PostgresServer postgres)
{
    private const int Many = 10;

    [Theory, EveryDatabase]
    public async Task The_next_are_handled_on_what_it_leaves_and_committed_with_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        using var handled = new HandledEvents(host);
        var id = await BeginAsync(host, "1");
        using var held = await HoldAsync(host);
        await AddAsync(host, id, Many);
        await handled.SeeAsync(3 + Many);

        host.Received.All<ItemAdded>().ShouldBeEmpty();
        host.Traffic.Forget();
        held.Release();

        var added = await host.Received.SomeAsync<ItemAdded>(Many + 1);
        host.Traffic.Seen.Count(entry => entry == "COMMIT").ShouldBe(2);
        TotalsOf(added, id).ShouldBe(Enumerable.Range(1, Many));
        var order = (await host.FindAsync(id))!;
        (order.Total, order.Version).ShouldBe((Many, Many));
    }

    [Theory, EveryDatabase]
    public async Task Those_after_one_that_begins_the_instance_are_inserted_with_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        using var handled = new HandledEvents(host);
        using var held = await HoldAsync(host);
        var id = Guid.NewGuid();
        await host.SendAsync(new SubmitOrder(id, "1"));
        await handled.SeeAsync(3);
        await AddAsync(host, id, Many);
        await handled.SeeAsync(3 + Many);

        host.Traffic.Forget();
        held.Release();

        await host.Received.SomeAsync<ItemAdded>(Many + 1);
        host.Traffic.Seen.Count(entry => entry == "COMMIT").ShouldBe(2);
        (await host.FindAsync(id))!.Total.ShouldBe(Many);
    }

    [Theory, EveryDatabase]
    public async Task What_the_next_asks_the_database_it_is_told_after_the_commit(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = await BeginAsync(host, "1");

        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => host.SendAsync(new AnnotateOrder(id, Guid.NewGuid(), Counts: true))));

        var annotated = await host.Received.SomeAsync<OrderAnnotated>(Many);
        annotated.Select(message => message.Message.NotesBefore).Order().ShouldBe(Enumerable.Range(0, Many).Cast<int?>());
    }

    [Theory, EveryDatabase]
    public async Task One_that_cannot_be_stored_fails_alone_and_those_after_it_are_handled_without_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        using var handled = new HandledEvents(host);
        var id = await BeginAsync(host, "1");
        var taken = Guid.NewGuid();
        await host.SendAsync(new AnnotateOrder(id, taken, Counts: false));
        await host.Received.OneAsync<OrderAnnotated>();
        using var held = await HoldAsync(host);
        await AddAsync(host, id, 1);
        await handled.SeeAsync(5);
        await host.SendAsync(new AnnotateOrder(id, taken, Counts: false));
        await handled.SeeAsync(6);
        await AddAsync(host, id, Many);
        await handled.SeeAsync(6 + Many);

        held.Release();

        await host.Received.OneAsync<Fault<AnnotateOrder>>();
        TotalsOf(await host.Received.SomeAsync<ItemAdded>(Many + 2), id).ShouldBe(Enumerable.Range(1, Many + 1));
        host.Received.All<OrderAnnotated>().Count.ShouldBe(1);
        (await host.FindAsync(id))!.Total.ShouldBe(Many + 1);
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task Nothing_remains_of_those_after_a_begin_that_cannot_be_stored(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        using var handled = new HandledEvents(host);
        await BeginAsync(host, "taken");
        using var held = await HoldAsync(host);
        var id = Guid.NewGuid();
        await host.SendAsync(new SubmitOrder(id, "taken"));
        await handled.SeeAsync(4);
        await AddAsync(host, id, Many);
        await handled.SeeAsync(4 + Many);

        held.Release();

        await host.Received.OneAsync<Fault<SubmitOrder>>();
        (await host.FindAsync(id)).ShouldBeNull();
        TotalsOf(host.Received.All<ItemAdded>(), id).ShouldBeEmpty();
        await host.SeeRowsLeftBehindAsync(0);
    }

    // Only there another process can write while a commit is held.
    [Fact]
    public async Task All_of_them_are_handled_again_when_another_process_was_faster()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var host = await OrderHost.StartAsync(database);
        using var handled = new HandledEvents(host);
        var id = await BeginAsync(host, "1");
        using var held = await HoldAsync(host);
        await AddAsync(host, id, Many);
        await handled.SeeAsync(3 + Many);

        // As many versions as all of them would make, so that none of those after the first can tell by the number.
        await host.AskAsync(db => db.Orders
            .Where(order => order.CorrelationId == id)
            .ExecuteUpdateAsync(order => order.SetProperty(row => row.Total, 100).SetProperty(row => row.Version, 1)));
        held.Release();

        TotalsOf(await host.Received.SomeAsync<ItemAdded>(Many + 1), id).ShouldBe(Enumerable.Range(101, Many));
        (await host.FindAsync(id))!.Total.ShouldBe(100 + Many);
    }

    [Theory, EveryDatabase]
    public async Task One_that_changes_nothing_waits_for_what_becomes_of_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        using var handled = new HandledEvents(host);
        await BeginAsync(host, "taken");
        using var held = await HoldAsync(host);
        var id = Guid.NewGuid();
        await host.SendAsync(new SubmitOrder(id, "taken"));
        await handled.SeeAsync(4);

        // An open order ignores it. But that order will never have been open.
        await host.SendAsync(new SubmitOrder(id, "free"));
        held.Release();

        await host.SeeAsync("the order that could be stored", db => db.Orders.AnyAsync(order => order.CorrelationId == id && order.Number == "free"));
        var accepted = await host.Received.SomeAsync<OrderAccepted>(3);
        accepted.Count(message => message.Message.OrderId == id).ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task An_instance_that_was_there_already_is_ended_by_the_one_after_its_second_begin(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        Guid id;
        await using (var before = await OrderHost.StartAsync(database))
        {
            id = await BeginAsync(before, "1");
            await AddAsync(before, id, 1);
            await before.Received.OneAsync<ItemAdded>();
        }

        await using var host = await OrderHost.StartAsync(database);
        using var handled = new HandledEvents(host);
        using var held = await HoldAsync(host);
        await host.SendAsync(new ImportOrder(id, "1"));
        await handled.SeeAsync(3);
        await host.SendAsync(new CloseOrder(id));
        await handled.SeeAsync(4);

        held.Release();

        await host.Received.OneAsync<OrderClosed>();

        // The begin is handled again, too, before it or after it.
        (await host.FindAsync(id))?.Total.ShouldBe(0);
    }

    [Theory, EveryDatabase]
    public async Task A_row_that_takes_the_place_of_another_is_there_afterwards(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        using var handled = new HandledEvents(host);
        var id = await BeginAsync(host, "1");
        var note = Guid.NewGuid();
        await host.SendAsync(new AnnotateOrder(id, note, Counts: false));
        await host.Received.OneAsync<OrderAnnotated>();
        using var held = await HoldAsync(host);
        await host.SendAsync(new ReplaceNote(id, note, "new"));
        await handled.SeeAsync(5);
        await AddAsync(host, id, 1);
        await handled.SeeAsync(6);

        held.Release();

        await host.Received.OneAsync<NoteReplaced>();
        await host.Received.SomeAsync<ItemAdded>(2);
        (await host.AskAsync(db => db.Notes.SingleOrDefaultAsync(row => row.Id == note)))?.Text.ShouldBe("new");
        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task One_that_cannot_even_be_saved_does_not_let_the_next_see_what_is_older(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        using var handled = new HandledEvents(host);
        using var held = await HoldAsync(host);
        var id = Guid.NewGuid();
        await host.SendAsync(new SubmitOrder(id, "1"));
        await handled.SeeAsync(3);
        await host.SendAsync(new SpoilOrder(id));
        await handled.SeeAsync(4);
        await host.Received.OneAsync<Fault<SpoilOrder>>();
        await AddAsync(host, id, 1);

        // Time to handle it on a database that does not know the order yet.
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        held.Release();

        TotalsOf(await host.Received.SomeAsync<ItemAdded>(2), id).ShouldBe([1]);
        host.Received.All<Fault<AddItem>>().ShouldBeEmpty();
    }

    // Only there a transaction keeps others from writing as soon as it begins.
    [Fact]
    public async Task A_transaction_of_the_next_begins_after_the_commit()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Sqlite);
        await using var host = await OrderHost.StartAsync(database);
        using var handled = new HandledEvents(host);
        var id = await BeginAsync(host, "1");
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var turn = host.Services.GetRequiredService<DatabaseWrites<OrderDbContext>>().RunAsync(
            async _ =>
            {
                await released.Task;
                return 0;
            },
            CancellationToken.None);
        await AddAsync(host, id, 1);
        await handled.SeeAsync(2);
        await host.SendAsync(new AuditOrder(id));

        // Time for it to begin one.
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        released.SetResult();
        await turn;

        await host.Received.OneAsync<OrderAudited>();
        TotalsOf(await host.Received.SomeAsync<ItemAdded>(1), id).ShouldBe([1]);
    }

    private static async Task<Guid> BeginAsync(OrderHost host, string number)
    {
        var id = Guid.NewGuid();
        var before = host.Received.All<PackOrder>().Count;
        await host.SendAsync(new SubmitOrder(id, number));
        await host.Received.SomeAsync<PackOrder>(before + 1);
        await host.SeeRowsLeftBehindAsync(0);
        return id;
    }

    /// <summary>Has the commit of another order's item wait, so that what is handled meanwhile gathers in the next batch.</summary>
    private static async Task<HeldCommit> HoldAsync(OrderHost host)
    {
        var other = await BeginAsync(host, "other");
        var held = new HeldCommit(host.Traffic);
        await AddAsync(host, other, 1);
        await held.Reached;
        return held;
    }

    private static async Task AddAsync(OrderHost host, Guid id, int times)
    {
        for (var i = 0; i < times; i++)
            await host.SendAsync(new AddItem(id, 1));
    }

    private static IEnumerable<int> TotalsOf(IEnumerable<ConsumeContext<ItemAdded>> added, Guid id) =>
        added.Where(message => message.Message.OrderId == id).Select(message => message.Message.Total).Order();
}
