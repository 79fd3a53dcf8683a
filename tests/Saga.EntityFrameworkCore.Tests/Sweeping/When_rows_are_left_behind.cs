using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Sweeping;

public sealed class When_rows_are_left_behind(PostgresServer postgres)
{
    private const int Orders = 100;

    [Theory, EveryDatabase]
    public async Task Another_process_delivers_and_deletes_them(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await LeaveBehindAsync(database, 1);

        await using var other = await OrderHost.StartAsync(database, HostSettings.Sweeping);

        var packed = await other.Received.OneAsync<PackOrder>();
        (await other.Received.OneAsync<OrderAccepted>()).Message.OrderId.ShouldBe(packed.Message.OrderId);
        await other.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task The_same_process_delivers_them_once_the_broker_is_back(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, HostSettings.DeliveringNothing with
        {
            Outbox = options =>
            {
                options.SweepInterval = TimeSpan.FromMilliseconds(100);
                options.DeliveryTimeout = TimeSpan.FromMilliseconds(500);
                options.SweepGrace = TimeSpan.FromMilliseconds(501);
                options.SweepLease = TimeSpan.FromMilliseconds(501);
            },
        });
        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await host.SeeAsync("a sweep that fails too", db => db.Outbox.AnyAsync(row => row.Attempts > 1));
        host.Received.All<PackOrder>().ShouldBeEmpty();

        host.Traffic.OnDelivery = _ => Task.CompletedTask;

        await host.Received.OneAsync<PackOrder>();
        await host.Received.OneAsync<OrderAccepted>();
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task Several_sweepers_at_once_deliver_each_of_them_once(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await LeaveBehindAsync(database, Orders);
        var eager = new HostSettings
        {
            Outbox = options =>
            {
                options.SweepInterval = TimeSpan.FromMilliseconds(100);
                options.SweepLimit = 7;
                // None is taken for left behind again while it is delivered, however long that takes.
                options.SweepLease = TimeSpan.FromMinutes(10);
            },
        };

        var hosts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => OrderHost.StartAsync(database, eager)));

        await hosts[0].SeeRowsLeftBehindAsync(0);
        await Eventually.TrueAsync("all to arrive", _ => Task.FromResult(
            hosts.Sum(host => host.Received.All<PackOrder>().Count + host.Received.All<OrderAccepted>().Count) >= 2 * Orders));
        hosts.Sum(host => host.Received.All<PackOrder>().Count).ShouldBe(Orders);
        hosts.Sum(host => host.Received.All<OrderAccepted>().Count).ShouldBe(Orders);
        hosts.SelectMany(host => host.Received.All<PackOrder>()).DistinctBy(packed => packed.Message.OrderId).Count().ShouldBe(Orders);
        foreach (var host in hosts)
            await host.DisposeAsync();
    }

    [Theory, EveryDatabase]
    public async Task Those_in_their_grace_are_left_to_their_writer(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await LeaveBehindAsync(database, 2, TimeSpan.FromHours(1));
        await using (var dbContext = OrderDbContext.Open(database))
            await dbContext.Outbox.Where(row => row.IsPublish).ExecuteUpdateAsync(row => row.SetProperty(x => x.DueAt, DateTimeOffset.UtcNow));

        await using var other = await OrderHost.StartAsync(database, HostSettings.Sweeping);

        await other.Received.SomeAsync<OrderAccepted>(2);
        await other.SeeRowsLeftBehindAsync(2);
        other.Received.All<PackOrder>().ShouldBeEmpty();
    }

    [Theory, EveryDatabase]
    public async Task Those_that_have_expired_are_dropped(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await LeaveBehindAsync(database, 1);
        await using (var dbContext = OrderDbContext.Open(database))
        {
            await dbContext.Outbox.Where(row => !row.IsPublish)
                .ExecuteUpdateAsync(row => row.SetProperty(x => x.ExpiresAt, DateTimeOffset.UtcNow.AddSeconds(-1)));
        }

        await using var other = await OrderHost.StartAsync(database, HostSettings.Sweeping);

        await other.Received.OneAsync<OrderAccepted>();
        await other.SeeRowsLeftBehindAsync(0);
        other.Received.All<PackOrder>().ShouldBeEmpty();
    }

    [Theory, EveryDatabase]
    public async Task A_row_that_cannot_be_read_holds_nothing_up(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await LeaveBehindAsync(database, 1);
        await using (var dbContext = OrderDbContext.Open(database))
            await dbContext.Outbox.Where(row => !row.IsPublish).ExecuteUpdateAsync(row => row.SetProperty(x => x.Properties, "{"));

        await using var other = await OrderHost.StartAsync(database, HostSettings.Sweeping);

        await other.Received.OneAsync<OrderAccepted>();
        await other.SeeRowsLeftBehindAsync(1);
        other.Received.All<PackOrder>().ShouldBeEmpty();
    }

    [Theory, EveryDatabase]
    public async Task A_sweep_the_database_refuses_is_followed_by_another(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await LeaveBehindAsync(database, 1);
        var refusals = 0;

        await using var other = await OrderHost.StartAsync(database, HostSettings.Sweeping with
        {
            BeforeStart = traffic => traffic.OnCommand = _ =>
            {
                if (Interlocked.Increment(ref refusals) < 4)
                    throw new InvalidOperationException("The database is away.");
            },
        });

        await other.Received.OneAsync<PackOrder>();
        refusals.ShouldBeGreaterThan(3);
    }

    private static async Task LeaveBehindAsync(IOrderDatabase database, int orders, TimeSpan? grace = null)
    {
        await using var dying = await OrderHost.StartAsync(database, HostSettings.DeliveringNothing with
        {
            Outbox = options =>
            {
                options.SweepInterval = TimeSpan.FromHours(1);
                options.DeliveryTimeout = TimeSpan.FromMilliseconds(1);
                options.SweepGrace = grace ?? TimeSpan.FromMilliseconds(2);
                // Its one sweep may come late on a busy machine, and must not keep the rows from others.
                options.SweepLease = TimeSpan.FromMilliseconds(2);
            },
        });
        await Task.WhenAll(Enumerable.Range(1, orders).Select(number => dying.SendAsync(new SubmitOrder(Guid.NewGuid(), $"{number}"))));
        await dying.SeeRowsLeftBehindAsync(2 * orders);
    }
}
