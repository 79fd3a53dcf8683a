using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.BusOutbox;
using Saga.EntityFrameworkCore.Tests.Baskets;

namespace Saga.EntityFrameworkCore.Tests.Outside;

public sealed class When_a_request_begins_an_instance(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task Its_first_message_need_not_load_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await host.SeeFirstSweepAsync();
        await using var request = host.BeginRequest();
        host.Traffic.Forget();

        var order = await BeginAsync(request, firstItem: 5);

        (await host.Received.OneAsync<ItemAdded>()).Message.Total.ShouldBe(5);
        host.Traffic.Seen.ShouldNotContain("SELECT");
        (await host.FindAsync(order.CorrelationId))!.Total.ShouldBe(5);
    }

    [Theory, EveryDatabase]
    public async Task What_it_does_with_it_afterwards_is_no_concern_of_the_messages(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();

        var order = await BeginAsync(request);
        order.Total = 1000;
        await host.SendAsync(new AddItem(order.CorrelationId, 5));

        (await host.Received.OneAsync<ItemAdded>()).Message.Total.ShouldBe(5);
        order.Total.ShouldBe(1000);
    }

    [Theory, EveryDatabase]
    public async Task One_that_exists_is_left_as_it_is_and_nothing_is_sent(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var first = host.BeginRequest();
        await using var second = host.BeginRequest();
        var order = await BeginAsync(first, firstItem: 5);
        await host.Received.OneAsync<ItemAdded>();

        var failure = await Should.ThrowAsync<DbUpdateException>(() => BeginAsync(second, order.CorrelationId, firstItem: 100));
        await host.SendAsync(new AddItem(order.CorrelationId, 7));

        DatabaseFailure.IsConflict(failure).ShouldBeTrue();
        (await host.Received.SomeAsync<ItemAdded>(2)).Select(added => added.Message.Total).ShouldBe([5, 12]);
    }

    [Theory, EveryDatabase]
    public async Task What_failed_is_saved_by_the_next_save_unless_the_context_forgets_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var first = host.BeginRequest();
        await using var second = host.BeginRequest();
        var id = (await BeginAsync(first)).CorrelationId;
        await Should.ThrowAsync<DbUpdateException>(() => BeginAsync(second, id, firstItem: 5));
        await host.AskAsync(db => db.Orders.ExecuteDeleteAsync());

        await Save(second).SaveChangesAsync();

        (await host.FindAsync(id)).ShouldNotBeNull();
        await using var third = host.BeginRequest();
        await Should.ThrowAsync<DbUpdateException>(() => BeginAsync(third, id));
        third.DbContext.ChangeTracker.Clear();
        await Save(third).SaveChangesAsync();
    }

    [Theory, EveryDatabase]
    public async Task One_of_several_rows_is_stored_with_all_of_them(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();
        var basket = new Basket { CorrelationId = Guid.NewGuid(), CurrentState = "Open" };
        basket.Lines.Add(new BasketLine { Article = "pen", Amount = 3 });

        Save(request).Insert(basket);
        await Save(request).SaveChangesAsync();

        (await host.AskAsync(db => db.Set<BasketLine>().SingleAsync(line => line.BasketId == basket.CorrelationId))).Amount.ShouldBe(3);
    }

    [Theory, EveryDatabase]
    public async Task It_is_not_handled_as_what_was_begun_before_under_its_id(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var first = host.BeginRequest();
        await using var second = host.BeginRequest();
        var id = (await BeginAsync(first)).CorrelationId;

        // Another process handled it to its end.
        await host.AskAsync(db => db.Orders.ExecuteDeleteAsync());
        await BeginAsync(second, id, firstItem: 5, total: 100);

        (await host.Received.OneAsync<ItemAdded>()).Message.Total.ShouldBe(105);
        (await host.FindAsync(id))!.Total.ShouldBe(105);
    }

    [Theory, EveryDatabase]
    public async Task A_save_of_the_context_itself_stores_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();
        var order = new Order { CorrelationId = Guid.NewGuid(), CurrentState = "Open", Number = "1" };

        Save(request).Insert(order);
        await request.DbContext.SaveChangesAsync();

        (await host.FindAsync(order.CorrelationId)).ShouldNotBeNull();
    }

    [Theory, EveryDatabase]
    public async Task A_context_that_forgets_its_changes_forgets_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();
        var order = new Order { CorrelationId = Guid.NewGuid(), CurrentState = "Open", Number = "1" };

        Save(request).Insert(order);
        request.DbContext.ChangeTracker.Clear();
        await request.AddNoteAsync();
        await Save(request).SaveChangesAsync();
        (await host.FindAsync(order.CorrelationId)).ShouldBeNull();

        await host.SendAsync(new SubmitOrder(order.CorrelationId, "2"));
        await host.Received.OneAsync<PackOrder>();
        (await host.FindAsync(order.CorrelationId))!.Number.ShouldBe("2");
    }

    private static async Task<Order> BeginAsync(RequestScope request, Guid? id = null, int? firstItem = null, int total = 0)
    {
        var order = new Order { CorrelationId = id ?? Guid.NewGuid(), CurrentState = "Open", Number = Guid.NewGuid().ToString(), Total = total };
        Save(request).Insert(order);
        if (firstItem is { } amount)
            await request.SendAsync(OrderBus.Orders, new AddItem(order.CorrelationId, amount));
        await Save(request).SaveChangesAsync();
        return order;
    }

    private static GroupSave<OrderDbContext> Save(RequestScope request) => request.Services.GetRequiredService<GroupSave<OrderDbContext>>();
}
