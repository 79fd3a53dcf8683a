using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using NSubstitute;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Tests.Sweeping;

/// <summary>As RabbitMQ is while it is frozen, or short of memory or disk: connected, and without an answer.</summary>
public sealed class When_the_broker_is_silent(PostgresServer postgres)
{
    private static readonly TimeSpan _lease = TimeSpan.FromSeconds(10);

    private readonly SteppedClock _clock = new();
    private readonly RememberedLog _log = new();
    private int _begun;

    [Theory, EveryDatabase]
    public async Task A_row_waits_no_longer_each_time_and_arrives_when_it_answers(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await StartAsync(database);
        using var end = new AnswerInTheEnd(host, _clock);
        await SeeSilenceAsync(host, orders: 1);

        for (var attempts = 1; attempts <= 4; attempts++)
            (await WaitAfterSweepAsync(host, attempts)).ShouldBe(_lease, TimeSpan.FromMilliseconds(1));

        host.Traffic.OnDelivery = _ => Task.CompletedTask;
        _clock.Advance(_lease + TimeSpan.FromSeconds(1.5));
        await host.Received.OneAsync<PackOrder>();
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task One_row_asks_for_all_of_them(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await StartAsync(database);
        using var end = new AnswerInTheEnd(host, _clock);
        await SeeSilenceAsync(host, orders: 5);

        await SeeTakenAsync(host, 1);
        await SeeTakenAsync(host, 2);
        _begun.ShouldBe(2);

        // The three that were not taken need not wait for any lease.
        host.Traffic.OnDelivery = _ => Task.CompletedTask;
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        await host.SeeRowsLeftBehindAsync(2);
        _clock.Advance(_lease);
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task What_is_committed_meanwhile_asks_one_at_a_time_and_goes_at_once_when_it_answers(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await StartAsync(database);
        using var end = new AnswerInTheEnd(host, _clock);
        await SeeSilenceAsync(host, orders: 1);

        // The first asks; what is committed while it waits leaves it to that. Each has an event besides, which waits with it.
        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "2"));
        await SeeBegunAsync(1);
        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "3"));
        await host.SeeRowsLeftBehindAsync(5);
        _begun.ShouldBe(1);
        await GiveUpAsync(4008, 3);

        host.Traffic.OnDelivery = _ => Task.CompletedTask;
        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "4"));
        await host.Received.OneAsync<PackOrder>();
        await SeeLoggedAsync(4007, 1);
        _clock.Advance(2 * _lease);
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task It_is_told_once_and_by_the_health(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await StartAsync(database);
        using var end = new AnswerInTheEnd(host, _clock);
        await SeeSilenceAsync(host, orders: 3);
        await SeeTakenAsync(host, 1);
        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Healthy);

        _clock.Advance(TimeSpan.FromMinutes(1));
        var degraded = await Eventually.SeeAsync("the health to say it", _ => CheckAsync(host), health => health.Status == HealthStatus.Degraded);
        degraded.Description.ShouldNotBeNull().ShouldStartWith("The broker is connected and has answered no delivery since ");
        degraded.Description.ShouldContain("Messages in the outbox of OrderDbContext wait for it: 3.");
        _log.Entries.Count(id => id == 4006).ShouldBe(1);
        _log.Entries.ShouldNotContain(4001);

        host.Traffic.OnDelivery = _ => Task.CompletedTask;
        await Eventually.TrueAsync("the health to be well again", async _ =>
        {
            _clock.Advance(TimeSpan.FromSeconds(0.5));
            return (await CheckAsync(host)).Status == HealthStatus.Healthy;
        });
        await SeeLoggedAsync(4007, 1);
    }

    [Fact]
    public async Task One_that_is_not_connected_is_away_and_not_silent()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Sqlite);
        var unconnected = Substitute.For<IBusControl>();
        unconnected.CheckHealth().Returns(BusHealthResult.Unhealthy("away", new InvalidOperationException("away"), new Dictionary<string, EndpointHealthResult>()));
        await using var host = await StartAsync(database, bus => bus.AddSingleton(new BusReach(unconnected, _clock)));
        using var end = new AnswerInTheEnd(host, _clock);

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await SeeBegunAsync(2);
        await GiveUpAsync(4001, 2);
        _log.Entries.ShouldNotContain(4006);
        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "2"));
        await SeeBegunAsync(4);
    }

    private Task<OrderHost> StartAsync(IOrderDatabase database, Action<IServiceCollection>? register = null) => OrderHost.StartAsync(database, new HostSettings
    {
        Clock = _clock,
        BeforeStart = traffic => traffic.OnDelivery = message => message is SubmitOrder ? Task.CompletedTask : NoAnswerAsync(),
        Outbox = options =>
        {
            options.SweepInterval = TimeSpan.FromSeconds(1);
            options.DeliveryTimeout = TimeSpan.FromSeconds(1);
            options.SweepGrace = TimeSpan.FromSeconds(2);
            options.SweepLease = _lease;
        },
        Register = bus =>
        {
            register?.Invoke(bus);
            bus.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(_log));
            bus.AddHealthChecks().AddOutboxHealthCheck<OrderDbContext>();
        },
    });

    private Task NoAnswerAsync()
    {
        Interlocked.Increment(ref _begun);
        return new TaskCompletionSource().Task;
    }

    private async Task SeeSilenceAsync(OrderHost host, int orders)
    {
        for (var number = 1; number <= orders; number++)
            await host.SendAsync(new SubmitOrder(Guid.NewGuid(), $"{number}"));
        await SeeBegunAsync(2 * orders);
        await GiveUpAsync(4008, 2 * orders);

        // Of each order there is one row from here on.
        await host.AskAsync(db => db.Outbox.Where(row => row.IsPublish).ExecuteDeleteAsync());
        _begun = 0;
    }

    // Time passes for as long as a delivery waits, and no row is due by that.
    private async Task GiveUpAsync(int eventId, int times)
    {
        _clock.Advance(TimeSpan.FromSeconds(1.001));
        await SeeLoggedAsync(eventId, times);
    }

    private Task<int> SeeBegunAsync(int deliveries) =>
        Eventually.SeeAsync($"{deliveries} deliveries", _ => Task.FromResult(Volatile.Read(ref _begun)), begun => begun == deliveries);

    private Task<int> SeeLoggedAsync(int eventId, int times) =>
        Eventually.SeeAsync($"{times} events {eventId}", _ => Task.FromResult(_log.Entries.Count(id => id == eventId)), found => found == times);

    private async Task SeeTakenAsync(OrderHost host, int rows)
    {
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        await host.SeeAsync($"{rows} rows that a sweep took", async db => await db.Outbox.CountAsync(row => row.Attempts > 0) == rows);
        await Eventually.TrueAsync("its delivery to begin", _ => Task.FromResult(Volatile.Read(ref _begun) >= rows));
    }

    private async Task<TimeSpan> WaitAfterSweepAsync(OrderHost host, int attempts)
    {
        // Past the next sweep, which may not come in the moment the row is due.
        _clock.Advance((await RowAsync(host)).DueAt - _clock.GetUtcNow() + TimeSpan.FromSeconds(1.5));
        var row = await Eventually.SeeAsync($"sweep {attempts}", _ => RowAsync(host), found => found.Attempts == attempts);

        // A delivery that has not begun when time passes would wait for more of it.
        await SeeBegunAsync(attempts);
        return row.DueAt - _clock.GetUtcNow();
    }

    private static Task<OutboxMessage> RowAsync(OrderHost host) =>
        host.AskAsync(db => db.Outbox.AsNoTracking().SingleAsync());

    private static async Task<HealthReportEntry> CheckAsync(OrderHost host)
    {
        var health = host.Services.GetRequiredService<HealthCheckService>();
        return (await health.CheckHealthAsync(check => check.Name == "outbox")).Entries["outbox"];
    }

    /// <summary>Lets what still waits for an answer end, for which the host would wait for ever where a test fails.</summary>
    private sealed class AnswerInTheEnd(OrderHost host, SteppedClock clock) : IDisposable
    {
        public void Dispose()
        {
            host.Traffic.OnDelivery = _ => Task.CompletedTask;
            clock.Advance(TimeSpan.FromHours(1));
        }
    }
}
