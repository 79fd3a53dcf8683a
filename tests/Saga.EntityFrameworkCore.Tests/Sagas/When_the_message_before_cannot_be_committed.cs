using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Sagas;

/// <summary>Messages that were handled on what another one leaves, which then is not what is stored.</summary>
public sealed class When_the_message_before_cannot_be_committed(PostgresServer postgres)
{
    private const int Many = 10;

    [Theory, EveryDatabase]
    public async Task It_fails_alone_and_those_after_it_are_handled_without_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var held = await HeldHost.StartAsync(database);
        var id = await held.BeginAsync("1");
        var taken = Guid.NewGuid();
        await held.Host.SendAsync(new AnnotateOrder(id, taken, Counts: false));
        await held.Received.OneAsync<OrderAnnotated>();
        await held.HoldAsync();
        await held.GatherItemsAsync(id, 1);
        await held.GatherAsync(id, new AnnotateOrder(id, taken, Counts: false));
        await held.GatherItemsAsync(id, Many);

        held.Release();

        await held.Received.OneAsync<Fault<AnnotateOrder>>();
        (await held.SeeTotalsAsync(id, Many + 2)).ShouldBe(Enumerable.Range(1, Many + 1));
        held.Received.All<OrderAnnotated>().Count.ShouldBe(1);
        (await held.Host.FindAsync(id))!.Total.ShouldBe(Many + 1);
        await held.Host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task Nothing_remains_of_those_after_one_that_begins_the_instance(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var held = await HeldHost.StartAsync(database);
        await held.BeginAsync("taken");
        await held.HoldAsync();
        var id = Guid.NewGuid();
        await held.GatherAsync(id, new SubmitOrder(id, "taken"));
        await held.GatherItemsAsync(id, Many);

        held.Release();

        await held.Received.OneAsync<Fault<SubmitOrder>>();
        (await held.Host.FindAsync(id)).ShouldBeNull();
        await held.Host.SeeRowsLeftBehindAsync(0);
        held.TotalsOf(id).ShouldBeEmpty();
    }

    // Only there another process can write while a commit is held.
    [Fact]
    public async Task All_of_them_are_handled_again_when_another_process_was_faster()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var held = await HeldHost.StartAsync(database);
        var id = await held.BeginAsync("1");
        await held.HoldAsync();
        await held.GatherItemsAsync(id, Many);

        // As many versions as all of them would make, so that none of those after the first can tell by the number.
        await held.Host.AskAsync(db => db.Orders
            .Where(order => order.CorrelationId == id)
            .ExecuteUpdateAsync(order => order.SetProperty(row => row.Total, 100).SetProperty(row => row.Version, 1)));
        held.Release();

        (await held.SeeTotalsAsync(id, Many + 1)).ShouldBe(Enumerable.Range(101, Many));
        (await held.Host.FindAsync(id))!.Total.ShouldBe(100 + Many);
    }

    [Theory, EveryDatabase]
    public async Task One_that_changes_nothing_waits_for_what_becomes_of_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var held = await HeldHost.StartAsync(database);
        await held.BeginAsync("taken");
        await held.HoldAsync();
        var id = Guid.NewGuid();
        await held.GatherAsync(id, new SubmitOrder(id, "taken"));

        // An open order ignores it. But that order will never have been open.
        await held.Host.SendAsync(new SubmitOrder(id, "free"));
        held.Release();

        await held.Host.SeeAsync("the order that could be stored", db => db.Orders.AnyAsync(order => order.CorrelationId == id && order.Number == "free"));
        var accepted = await held.Received.SomeAsync<OrderAccepted>(3);
        accepted.Count(message => message.Message.OrderId == id).ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task An_instance_that_was_there_already_is_ended_by_the_one_after_its_second_begin(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        Guid id;
        await using (var before = await HeldHost.StartAsync(database))
        {
            id = await before.BeginAsync("1");
            await before.GatherItemsAsync(id, 1);
            await before.SeeTotalsAsync(id, 1);
        }

        await using var held = await HeldHost.StartAsync(database);
        await held.HoldAsync();
        await held.GatherAsync(id, new ImportOrder(id, "1"));
        await held.HandleAsync(new CloseOrder(id));

        held.Release();

        await held.Received.OneAsync<OrderClosed>();

        // The begin is handled again, too, before it or after it.
        (await held.Host.FindAsync(id))?.Total.ShouldBe(0);
    }

    [Theory, EveryDatabase]
    public async Task One_that_cannot_even_be_saved_does_not_let_the_next_see_what_is_older(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var held = await HeldHost.StartAsync(database);
        await held.HoldAsync();
        var (id, unknown) = (Guid.NewGuid(), Guid.NewGuid());
        await held.GatherAsync(id, new SubmitOrder(id, "1"));
        await held.HandleAsync(new SpoilOrder(id));
        await held.Received.OneAsync<Fault<SpoilOrder>>();
        await held.Host.SendAsync(new AddItem(id, 1));

        // The database does not know that order yet either. If it were asked for it, the item would be dropped as early as this one, which comes later.
        await held.Host.SendAsync(new AddItem(unknown, 1));
        await Eventually.TrueAsync("an item of no order to be dropped", _ => Task.FromResult(IsConsumed(held, unknown)));
        held.Release();

        (await held.SeeTotalsAsync(id, 2)).ShouldBe([1]);
    }

    private static bool IsConsumed(HeldHost held, Guid order) =>
        held.Host.Harness.Consumed.Select<AddItem>(new CancellationToken(true)).Any(item => item.Context.Message.OrderId == order);
}
