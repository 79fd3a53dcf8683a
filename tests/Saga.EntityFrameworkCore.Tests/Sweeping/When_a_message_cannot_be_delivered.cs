using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Sweeping;

public sealed class When_a_message_cannot_be_delivered(PostgresServer postgres)
{
    private readonly SteppedClock _clock = new();

    [Theory, EveryDatabase]
    public async Task It_is_tried_less_and_less_often_and_arrives_once_it_can(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await StartAsync(database);
        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await host.SeeRowsLeftBehindAsync(1);

        (await WaitAfterSweepAsync(host, 1)).ShouldBeInRange(TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(10));
        (await WaitAfterSweepAsync(host, 2)).ShouldBeInRange(TimeSpan.FromSeconds(17), TimeSpan.FromSeconds(20));
        (await WaitAfterSweepAsync(host, 3)).ShouldBeInRange(TimeSpan.FromSeconds(22), TimeSpan.FromSeconds(25));
        (await WaitAfterSweepAsync(host, 4)).ShouldBeInRange(TimeSpan.FromSeconds(22), TimeSpan.FromSeconds(25));

        host.Traffic.OnDelivery = _ => Task.CompletedTask;
        _clock.Advance(TimeSpan.FromSeconds(26));

        await host.Received.OneAsync<PackOrder>();
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task Others_do_not_wait_for_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await StartAsync(database);
        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await host.SeeRowsLeftBehindAsync(1);
        await host.AskAsync(db => db.Outbox.ExecuteUpdateAsync(row => row.SetProperty(x => x.Properties, "{")));
        await WaitAfterSweepAsync(host, 1);
        host.Traffic.OnDelivery = _ => Task.CompletedTask;

        await host.AskAsync(async db =>
        {
            // As another process leaves it behind; and it is due later than the one that cannot be delivered was.
            var row = await db.Outbox.AsNoTracking().SingleAsync();
            row.Id = Guid.NewGuid();
            row.Properties = "{}";
            row.Attempts = 0;
            row.DueAt = _clock.GetUtcNow();
            db.Add(row);
            return await db.SaveChangesAsync();
        });
        _clock.Advance(TimeSpan.FromSeconds(1));

        await host.SeeRowsLeftBehindAsync(1);
        (await host.AskAsync(db => db.Outbox.SingleAsync())).Attempts.ShouldBe(1);
    }

    private Task<OrderHost> StartAsync(IOrderDatabase database) => OrderHost.StartAsync(database, new HostSettings
    {
        Clock = _clock,
        BeforeStart = traffic => traffic.OnDelivery = message =>
            message is SubmitOrder or OrderAccepted ? Task.CompletedTask : throw new InvalidOperationException("No such queue."),
        Outbox = options =>
        {
            options.SweepInterval = TimeSpan.FromSeconds(1);
            options.DeliveryTimeout = TimeSpan.FromSeconds(1);
            options.SweepGrace = TimeSpan.FromSeconds(2);
            options.SweepLease = TimeSpan.FromSeconds(10);
            options.SweepBackOff = TimeSpan.FromSeconds(25);
            options.SweepLimit = 1;
        },
    });

    // How long the next sweep has to wait once so many have taken the row.
    private async Task<TimeSpan> WaitAfterSweepAsync(OrderHost host, int attempts)
    {
        var row = await Eventually.SeeAsync(
            $"sweep {attempts}",
            _ =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return host.AskAsync(db => db.Outbox.AsNoTracking().SingleAsync());
            },
            found => found.Attempts == attempts);
        return row.DueAt - _clock.GetUtcNow();
    }
}
