using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Outbox;

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

        foreach (var (attempt, seconds) in new[] { 10, 20, 25, 25 }.Index())
            (await WaitAfterSweepAsync(host, attempt + 1)).ShouldBe(TimeSpan.FromSeconds(seconds), TimeSpan.FromMilliseconds(1));

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

    // How long the next sweep has to wait once so many have taken the row. Time stands still from the moment the row is due, however long a sweep takes.
    private async Task<TimeSpan> WaitAfterSweepAsync(OrderHost host, int attempts)
    {
        _clock.Advance((await RowAsync()).DueAt - _clock.GetUtcNow() + TimeSpan.FromMilliseconds(1));
        var row = await Eventually.SeeAsync($"sweep {attempts}", _ => RowAsync(), found => found.Attempts == attempts);
        return row.DueAt - _clock.GetUtcNow();

        Task<OutboxMessage> RowAsync() => host.AskAsync(db => db.Outbox.AsNoTracking().SingleAsync());
    }
}
