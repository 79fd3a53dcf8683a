using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Saga.EntityFrameworkCore.Tests.Scheduling;

namespace Saga.EntityFrameworkCore.Tests.Telemetry;

public sealed class When_a_message_is_overdue(PostgresServer postgres)
{
    private readonly SteppedClock _clock = new();

    [Theory, EveryDatabase]
    public async Task The_outbox_is_degraded_until_it_is_delivered(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        using var measured = new Measurements();
        await using var host = await StartAsync(database, measured);

        // A sweep does not know what it sends.
        host.Traffic.OnDelivery = message =>
            message is SubmitOrder or OrderAccepted ? Task.CompletedTask : throw new InvalidOperationException("No such queue.");
        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Healthy);
        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await host.SeeRowsLeftBehindAsync(1);

        await host.SweepOnceAsync(_clock, TimeSpan.FromSeconds(30));
        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Healthy);
        await host.SweepOnceAsync(_clock, TimeSpan.FromMinutes(2));

        var degraded = await CheckAsync(host);
        degraded.Status.ShouldBe(HealthStatus.Degraded);
        degraded.Description.ShouldNotBeNull();
        degraded.Description.ShouldStartWith("Messages in the outbox of OrderDbContext are due and not delivered: 1, the oldest for 0.00:02:");
        degraded.Description.ShouldEndWith("Log event 4001 says where they go and why that fails: bring back the broker, or create the queue.");
        measured.Read("saga.outbox.depth").ShouldBe(1);
        measured.Read("saga.outbox.oldest.age").ShouldBeGreaterThan(120);
        measured.Of("saga.outbox.delivery.failures", "origin=sweep").Sum().ShouldBeGreaterThan(0);

        host.Traffic.OnDelivery = _ => Task.CompletedTask;
        await Eventually.TrueAsync("the outbox to be healthy", async _ =>
        {
            // Less than a delivery may take.
            _clock.Advance(TimeSpan.FromSeconds(2));
            return (await CheckAsync(host)).Status == HealthStatus.Healthy;
        });
        await host.Received.OneAsync<PackOrder>();
        measured.Read("saga.outbox.depth").ShouldBe(0);
        measured.Read("saga.outbox.oldest.age").ShouldBe(0);
    }

    [Theory, EveryDatabase]
    public async Task The_time_before_it_was_scheduled_for_does_not_count(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        using var measured = new Measurements();
        await using var host = await StartAsync(database, measured);
        host.Traffic.OnDelivery = _ => throw new InvalidOperationException("No such queue.");
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<IMessageScheduler>()
                .ScheduleSend(NoteConsumer.Filing, TimeSpan.FromHours(1), new FileNote(Guid.NewGuid()));
        }

        await host.SweepOnceAsync(_clock, TimeSpan.FromMinutes(30));
        measured.Read("saga.outbox.depth").ShouldBe(0);
        await host.SweepOnceAsync(_clock, TimeSpan.FromMinutes(30));
        await host.SweepOnceAsync(_clock, TimeSpan.FromSeconds(30));

        (await host.AskAsync(db => db.Outbox.SingleAsync())).Attempts.ShouldBeGreaterThan(0);
        measured.Read("saga.outbox.depth").ShouldBe(1);
        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Healthy);
        await host.SweepOnceAsync(_clock, TimeSpan.FromMinutes(2));
        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Degraded);
    }

    private Task<OrderHost> StartAsync(IOrderDatabase database, Measurements measured) => OrderHost.StartAsync(database, new HostSettings
    {
        Clock = _clock,
        Outbox = options => options.SweepInterval = TimeSpan.FromSeconds(1),
        Register = bus =>
        {
            bus.AddOutboxMessageScheduler<OrderDbContext>();
            bus.AddSingleton<IMeterFactory>(measured);
            bus.AddHealthChecks().AddOutboxHealthCheck<OrderDbContext>();
        },
    });

    private static async Task<HealthReportEntry> CheckAsync(OrderHost host)
    {
        var health = host.Services.GetRequiredService<HealthCheckService>();
        return (await health.CheckHealthAsync(check => check.Name == "outbox")).Entries["outbox"];
    }
}
