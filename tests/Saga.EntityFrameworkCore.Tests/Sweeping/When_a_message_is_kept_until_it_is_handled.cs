using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Tests.Sweeping;

public sealed class When_a_message_is_kept_until_it_is_handled(PostgresServer postgres)
{
    private static readonly HostSettings _keeping = new()
    {
        Outbox = options =>
        {
            options.SingleProcess = true;
            options.SweepInterval = TimeSpan.FromHours(1);
            options.KeptUntilHandled.Add(typeof(AddItem));
        },
    };

    [Theory, EveryDatabase]
    public async Task A_process_that_dies_before_that_leaves_it_to_the_next(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var dying = await OrderHost.StartAsync(database, _keeping);
        var order = await OpenOrderAsync(dying);
        using var held = HeldMessages<AddItem>.On(dying);

        await RequestAsync(dying, new AddItem(order, 7));
        await held.SeeAsync(1);

        // Its own batch deletes what was delivered before.
        await OpenOrderAsync(dying);
        await dying.SeeRowsLeftBehindAsync(1);

        await using var next = await OrderHost.StartAsync(database, _keeping);
        await next.SeeRowsLeftBehindAsync(0);
        (await next.FindAsync(order))!.Total.ShouldBe(7);
    }

    [Theory, EveryDatabase]
    public async Task The_next_handles_them_in_the_order_they_were_accepted(DatabaseKind kind)
    {
        const int Pairs = 20;
        await using var database = await postgres.CreateAsync(kind);
        await using var dying = await OrderHost.StartAsync(database, _keeping);
        var order = await OpenOrderAsync(dying);
        using var held = HeldMessages<AddItem>.On(dying);

        // In any other order one of them takes away more than there is, and fails.
        for (var pair = 0; pair < Pairs; pair++)
        {
            await RequestAsync(dying, new AddItem(order, 1));
            await RequestAsync(dying, new AddItem(order, -1));
        }

        await using var next = await OrderHost.StartAsync(database, _keeping with { Outbox = options => { _keeping.Outbox(options); options.SweepLimit = 7; } });
        await next.SeeRowsLeftBehindAsync(0);
        (await next.FindAsync(order))!.Total.ShouldBe(0);
    }

    [Theory, EveryDatabase]
    public async Task No_sweep_of_its_own_process_sends_it_again(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var clock = new SteppedClock();
        await using var host = await OrderHost.StartAsync(database, _keeping with
        {
            Outbox = options =>
            {
                _keeping.Outbox(options);
                options.SweepInterval = TimeSpan.FromSeconds(1);
                options.SweepLease = options.SweepGrace;
            },
            Clock = clock,
        });
        var order = await OpenOrderAsync(host);
        using var held = HeldMessages<AddItem>.On(host);

        await RequestAsync(host, new AddItem(order, 7));
        await held.SeeAsync(1);
        await host.SeeAsync("two sweeps that took the row", db =>
        {
            // In small steps, so that the send, which may not have returned yet, does not run out of time.
            clock.Advance(TimeSpan.FromSeconds(1));
            return db.Outbox.AnyAsync(row => row.Attempts > 1);
        });
        held.LetGo();

        await host.SeeRowsLeftBehindAsync(0);
        await held.SeeAsync(1);
        (await host.FindAsync(order))!.Total.ShouldBe(7);
    }

    // As when the sweep took the row while the process that committed it was still about to deliver it.
    [Theory, EveryDatabase]
    public async Task While_it_is_in_the_queue_nobody_sends_it_again_or_has_its_row_deleted(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, _keeping);
        var order = await OpenOrderAsync(host);
        using var held = HeldMessages<AddItem>.On(host);
        await RequestAsync(host, new AddItem(order, 7));
        await held.SeeAsync(1);
        await host.SeeRowsLeftBehindAsync(1);

        var swept = new SweptMessage(await host.AskAsync(db => db.Outbox.SingleAsync()));
        await host.Services.GetRequiredService<OutboxDelivery<OrderDbContext>>().DeliverAsync([swept]);

        // Its own batch deletes what was delivered before.
        await OpenOrderAsync(host);
        await host.SeeRowsLeftBehindAsync(1);
        held.LetGo();
        await host.SeeRowsLeftBehindAsync(0);
        await held.SeeAsync(1);
        (await host.FindAsync(order))!.Total.ShouldBe(7);
    }

    [Theory, EveryDatabase]
    public async Task Others_do_not_wait_for_one_that_cannot_be_handled(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var dying = await OrderHost.StartAsync(database, _keeping);
        var order = await OpenOrderAsync(dying);
        using var held = HeldMessages<AddItem>.On(dying);
        await RequestAsync(dying, new AddItem(order, -1));
        await RequestAsync(dying, new AddItem(order, 7));

        var clock = new SteppedClock();
        await using var next = await OrderHost.StartAsync(database, _keeping with { Clock = clock });
        await next.Received.OneAsync<Fault<AddItem>>();
        await Eventually.TrueAsync("the other one to be sent", _ =>
        {
            // In small steps, so that the delivery which then begins is not out of time at once.
            clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(next.Traffic.Delivered.Count(sent => sent.DestinationAddress!.AbsolutePath == "/orders") > 1);
        });
        await next.SeeRowsLeftBehindAsync(1);
        (await next.FindAsync(order))!.Total.ShouldBe(7);
    }

    private static async Task<Guid> OpenOrderAsync(OrderHost host)
    {
        var order = Guid.NewGuid();
        await host.SendAsync(new SubmitOrder(order, $"{order}"));
        await host.SeeAsync("the order", db => db.Orders.AnyAsync(row => row.CorrelationId == order));
        return order;
    }

    private static async Task RequestAsync(OrderHost host, AddItem item)
    {
        await using var request = host.BeginRequest();
        await request.SendAsync(OrderBus.Orders, item);
        await request.DbContext.SaveChangesAsync();
    }
}
