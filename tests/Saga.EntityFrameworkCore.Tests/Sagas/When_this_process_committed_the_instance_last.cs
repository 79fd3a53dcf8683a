using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Sagas;

public sealed class When_this_process_committed_the_instance_last(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task It_is_not_loaded_again(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await host.SeeFirstSweepAsync();
        var id = await BeginAsync(host);
        host.Traffic.Forget();

        await host.SendAsync(new AddItem(id, 5));
        await host.Received.OneAsync<ItemAdded>();

        host.Traffic.Seen.ShouldNotContain("SELECT");
        (await host.FindAsync(id))!.Total.ShouldBe(5);
    }

    [Theory, EveryDatabase]
    public async Task A_change_by_another_process_is_not_overwritten(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = await BeginAsync(host);
        await ChangeElsewhereAsync(host, id, total: 100);

        await host.SendAsync(new AddItem(id, 5));

        (await host.Received.OneAsync<ItemAdded>()).Message.Total.ShouldBe(105);
        (await host.FindAsync(id))!.Total.ShouldBe(105);
        host.Received.All<ItemAdded>().Count.ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task A_message_that_would_change_nothing_is_handled_on_what_is_stored(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = await BeginAsync(host);
        await host.AskAsync(db => db.Orders.ExecuteDeleteAsync());

        // An open order ignores it; one that is gone begins anew.
        await host.SendAsync(new SubmitOrder(id, "2"));

        await host.Received.SomeAsync<OrderAccepted>(2);
        (await host.FindAsync(id))!.Number.ShouldBe("2");
    }

    [Theory, EveryDatabase]
    public async Task A_message_that_fails_is_handled_again_on_what_is_stored(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = await BeginAsync(host);
        await ChangeElsewhereAsync(host, id, total: 100);

        await host.SendAsync(new AddItem(id, -60));

        (await host.Received.OneAsync<ItemAdded>()).Message.Total.ShouldBe(40);
        host.Received.All<MassTransit.Fault<AddItem>>().ShouldBeEmpty();
    }

    [Theory, EveryDatabase]
    public async Task A_failure_on_what_is_stored_is_a_failure(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = await BeginAsync(host);

        await host.SendAsync(new AddItem(id, -60));
        await host.Received.OneAsync<MassTransit.Fault<AddItem>>();
        await host.SendAsync(new AddItem(id, 7));

        (await host.Received.OneAsync<ItemAdded>()).Message.Total.ShouldBe(7);
    }

    [Theory, EveryDatabase]
    public async Task It_is_loaded_again_for_a_while_once_another_process_was_faster(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);

        // The while does not pass, however slow the machine is.
        await using var host = await OrderHost.StartAsync(database, new HostSettings { Clock = new SteppedClock() });
        await host.SeeFirstSweepAsync();
        var id = await BeginAsync(host);
        await ChangeElsewhereAsync(host, id, total: 100);
        await host.SendAsync(new AddItem(id, 5));
        await host.Received.OneAsync<ItemAdded>();
        host.Traffic.Forget();

        await host.SendAsync(new AddItem(id, 5));
        await host.Received.SomeAsync<ItemAdded>(2);

        host.Traffic.Seen.ShouldContain("SELECT");
    }

    [Theory, EveryDatabase]
    public async Task It_is_kept_all_the_same_where_others_are_seldom_faster(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, new HostSettings { Clock = new SteppedClock() });
        await host.SeeFirstSweepAsync();
        var id = await BeginAsync(host);
        const int times = 110;
        for (var i = 0; i < times; i++)
            await host.SendAsync(new AddItem(id, 1));
        await host.Received.SomeAsync<ItemAdded>(times);
        await ChangeElsewhereAsync(host, id, total: 1000);
        await host.SendAsync(new AddItem(id, 5));
        await host.Received.SomeAsync<ItemAdded>(times + 1);
        host.Traffic.Forget();

        await host.SendAsync(new AddItem(id, 5));
        await host.Received.SomeAsync<ItemAdded>(times + 2);

        host.Traffic.Seen.ShouldNotContain("SELECT");
        (await host.FindAsync(id))!.Total.ShouldBe(1010);
    }

    private static async Task<Guid> BeginAsync(OrderHost host)
    {
        var id = Guid.NewGuid();
        await host.SendAsync(new SubmitOrder(id, "1"));
        await host.Received.OneAsync<PackOrder>();
        return id;
    }

    private static Task<int> ChangeElsewhereAsync(OrderHost host, Guid id, int total) => host.AskAsync(db => db.Orders
        .Where(order => order.CorrelationId == id)
        .ExecuteUpdateAsync(order => order.SetProperty(row => row.Total, total).SetProperty(row => row.Version, row => row.Version + 1)));
}
