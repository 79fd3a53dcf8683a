using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Sweeping;

public sealed class When_there_is_only_one_process(PostgresServer postgres)
{
    private const int Orders = 30;

    private static readonly HostSettings _alone = new()
    {
        Outbox = options =>
        {
            options.SingleProcess = true;
            options.SweepInterval = TimeSpan.FromMilliseconds(100);
            options.SweepGrace = TimeSpan.FromHours(1);
            options.SweepLease = TimeSpan.FromHours(1);
            options.SweepLimit = 7;
        },
    };

    [Theory, EveryDatabase]
    public async Task Whatever_it_finds_at_its_start_is_delivered_once_without_waiting(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await LeaveBehindAsync(database);

        await using var host = await OrderHost.StartAsync(database, _alone);

        await host.SeeRowsLeftBehindAsync(0);
        (await host.Received.SomeAsync<PackOrder>(Orders)).Count.ShouldBe(Orders);
        (await host.Received.SomeAsync<OrderAccepted>(Orders)).Count.ShouldBe(Orders);
    }

    [Theory, EveryDatabase]
    public async Task A_database_that_is_away_at_its_start_changes_nothing(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await LeaveBehindAsync(database);
        var refusals = 0;

        await using var host = await OrderHost.StartAsync(database, _alone with
        {
            BeforeStart = traffic => traffic.OnCommand = _ =>
            {
                if (Interlocked.Increment(ref refusals) < 3)
                    throw new InvalidOperationException("The database is away.");
            },
        });

        await host.SeeRowsLeftBehindAsync(0);
        (await host.Received.SomeAsync<PackOrder>(Orders)).Count.ShouldBe(Orders);
    }

    [Theory, EveryDatabase]
    public async Task What_it_writes_itself_is_not_swept_from_under_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, _alone with { BeforeStart = HostSettings.DeliveringNothing.BeforeStart });

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await host.SeeRowsLeftBehindAsync(2);
        host.Traffic.Forget();
        await Eventually.TrueAsync("two more sweeps", _ => Task.FromResult(host.Traffic.Seen.Count(entry => entry == "WITH") >= 2));

        (await host.AskAsync(db => db.Outbox.AllAsync(row => row.Attempts == 0))).ShouldBeTrue();
    }

    // Some with a lease that the dead process took on them before it died.
    private static async Task LeaveBehindAsync(IOrderDatabase database)
    {
        await using var dying = await OrderHost.StartAsync(database, _alone with { BeforeStart = HostSettings.DeliveringNothing.BeforeStart });
        await Task.WhenAll(Enumerable.Range(1, Orders).Select(number => dying.SendAsync(new SubmitOrder(Guid.NewGuid(), $"{number}"))));
        await dying.SeeRowsLeftBehindAsync(2 * Orders);
    }
}
