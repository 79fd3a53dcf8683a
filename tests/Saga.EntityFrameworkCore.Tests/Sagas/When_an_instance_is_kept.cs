using MassTransit;
using Microsoft.EntityFrameworkCore;
using MassTransit.Saga;
using Microsoft.Extensions.DependencyInjection;

namespace Saga.EntityFrameworkCore.Tests.Sagas;

public sealed class When_an_instance_is_kept(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task Its_row_is_deleted_when_it_is_finalized(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = await BeginAsync(host);

        await host.SendAsync(new CloseOrder(id));

        await host.Received.OneAsync<OrderClosed>();
        (await host.FindAsync(id)).ShouldBeNull();
    }

    [Theory, EveryDatabase]
    public async Task None_is_stored_that_ends_as_it_begins(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);

        await host.SendAsync(new RefuseOrder(Guid.NewGuid()));

        await host.Received.OneAsync<OrderRefused>();
        (await host.AskAsync(db => db.Orders.CountAsync())).ShouldBe(0);
    }

    [Theory, EveryDatabase]
    public async Task A_query_finds_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = await BeginAsync(host);

        await host.SendAsync(new OrderByNumber("1", 5));

        await host.SeeAsync("the item", db => db.Orders.AnyAsync(order => order.CorrelationId == id && order.Total == 5));
        (await host.FindAsync(id))!.Version.ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task An_event_that_asks_to_insert_it_ahead_begins_it_once(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = Guid.NewGuid();

        await host.SendAsync(new ImportOrder(id, "1"));
        await host.Received.OneAsync<OrderImported>();
        (await host.FindAsync(id))!.Number.ShouldBe("1");

        await host.SendAsync(new ImportOrder(id, "1"));
        await host.SendAsync(new AddItem(id, 5));
        await host.Received.OneAsync<ItemAdded>();
        host.Received.All<OrderImported>().Count.ShouldBe(1);
        host.Received.All<Fault<ImportOrder>>().ShouldBeEmpty();
    }

    [Theory, EveryDatabase]
    public async Task Tools_can_load_it_and_search_for_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = await BeginAsync(host);

        var loaded = await host.Services.GetRequiredService<ILoadSagaRepository<Order>>().Load(id);
        var found = await host.Services.GetRequiredService<IQuerySagaRepository<Order>>().Find(new SagaQuery<Order>(order => order.Number == "1"));

        loaded.Number.ShouldBe("1");
        found.ShouldBe([id]);
        (await host.Services.GetRequiredService<ILoadSagaRepository<Order>>().Load(Guid.NewGuid())).ShouldBeNull();
        (await host.Harness.GetSagaStateMachineHarness<OrderStateMachine, Order>().Exists(id, machine => machine.Open)).ShouldBe(id);
    }

    private static async Task<Guid> BeginAsync(OrderHost host)
    {
        var id = Guid.NewGuid();
        await host.SendAsync(new SubmitOrder(id, "1"));
        await host.Received.OneAsync<PackOrder>();
        return id;
    }
}
