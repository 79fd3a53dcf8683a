using MassTransit;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Tests.Quotes;

namespace Saga.EntityFrameworkCore.Tests.Scheduling;

public sealed class When_a_state_machine_schedules(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task The_message_arrives_when_it_is_due_and_not_before(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var clock = new SteppedClock();
        await using var host = await OrderHost.StartAsync(database, HostSettings.Sweeping.With() with { Clock = clock });
        await host.TellAsync(new OfferQuote(Guid.NewGuid(), TimeSpan.FromHours(2)));
        await host.Received.OneAsync<QuoteOffered>();

        await host.SweepOnceAsync(clock, TimeSpan.FromHours(1));
        host.Traffic.Delivered.ShouldNotContain(context => context.DestinationAddress!.AbsolutePath == "/quotes" && context.ScheduledMessageId != null);
        host.Received.All<QuoteLapsed>().ShouldBeEmpty();
        await host.SeeRowsLeftBehindAsync(1);

        clock.Advance(TimeSpan.FromHours(2));
        await host.Received.OneAsync<QuoteLapsed>();
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task Its_own_process_is_awake_in_time_however_seldom_it_sweeps(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, new HostSettings().With());

        await host.TellAsync(new OfferQuote(Guid.NewGuid(), TimeSpan.FromMinutes(20)));
        await host.TellAsync(new OfferQuote(Guid.NewGuid(), TimeSpan.FromSeconds(2)));
        await host.TellAsync(new OfferQuote(Guid.NewGuid(), TimeSpan.FromSeconds(1)));

        await host.Received.SomeAsync<QuoteLapsed>(2);
        await host.SeeRowsLeftBehindAsync(1);
    }

    [Theory, EveryDatabase]
    public async Task Another_process_delivers_it_when_this_one_dies(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var id = Guid.NewGuid();
        await using (var dying = await OrderHost.StartAsync(database, new HostSettings().With()))
        {
            await dying.TellAsync(new OfferQuote(id, TimeSpan.FromHours(1)));
            await dying.Received.OneAsync<QuoteOffered>();
            await dying.SeeRowsLeftBehindAsync(1);
        }

        var clock = new SteppedClock();
        await using var other = await OrderHost.StartAsync(database, HostSettings.Sweeping.With() with { Clock = clock });
        await other.SweepOnceAsync(clock, TimeSpan.FromSeconds(1));
        other.Received.All<QuoteLapsed>().ShouldBeEmpty();
        clock.Advance(TimeSpan.FromHours(2));

        (await other.Received.OneAsync<QuoteLapsed>()).Message.QuoteId.ShouldBe(id);
        await other.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task Another_process_that_seldom_sweeps_is_awake_in_time_too(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var clock = new SteppedClock();
        var seldom = new HostSettings().With() with { Clock = clock };
        await using (var dying = await OrderHost.StartAsync(database, seldom))
        {
            // Later than any lease ends, and before the next sweep.
            await dying.TellAsync(new OfferQuote(Guid.NewGuid(), TimeSpan.FromMinutes(30)));
            await dying.Received.OneAsync<QuoteOffered>();
            await dying.SeeRowsLeftBehindAsync(1);
        }

        await using var other = await OrderHost.StartAsync(database, seldom);
        await other.SeeFirstSweepAsync();
        clock.Advance(TimeSpan.FromMinutes(34));

        await other.Received.OneAsync<QuoteLapsed>();
        await other.SeeRowsLeftBehindAsync(0);
        other.Received.All<QuoteLapsed>().Count.ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task The_next_start_of_the_only_process_does_not_deliver_it_too_early(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var clock = new SteppedClock();
        var alone = HostSettings.Sweeping.With() with
        {
            Outbox = options =>
            {
                options.SingleProcess = true;
                options.SweepInterval = TimeSpan.FromMilliseconds(100);
            },
            Clock = clock,
        };
        await using (var dying = await OrderHost.StartAsync(database, alone))
        {
            await dying.TellAsync(new OfferQuote(Guid.NewGuid(), TimeSpan.FromHours(2)));
            await dying.Received.OneAsync<QuoteOffered>();
        }

        clock.Advance(TimeSpan.FromHours(1));
        await using var next = await OrderHost.StartAsync(database, alone);
        await next.SweepOnceAsync(clock, TimeSpan.FromSeconds(1));
        next.Received.All<QuoteLapsed>().ShouldBeEmpty();
        clock.Advance(TimeSpan.FromHours(2));

        await next.Received.OneAsync<QuoteLapsed>();
    }

    [Theory, EveryDatabase]
    public async Task Several_processes_deliver_each_message_once(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var clock = new SteppedClock();
        var hosts = await Task.WhenAll(Enumerable.Range(0, 3)
            .Select(_ => OrderHost.StartAsync(database, HostSettings.Sweeping.With() with { Clock = clock })));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => hosts[0].TellAsync(new OfferQuote(Guid.NewGuid(), TimeSpan.FromHours(1)))));
        await hosts[0].Received.SomeAsync<QuoteOffered>(20);
        await hosts[0].SeeRowsLeftBehindAsync(20);

        clock.Advance(TimeSpan.FromHours(2));

        await hosts[0].SeeAsync("all quotes to lapse", async db => await db.Quotes.CountAsync(quote => quote.CurrentState == "Lapsed") == 20);
        await hosts[0].SeeRowsLeftBehindAsync(0);
        hosts.Sum(host => host.Traffic.Delivered.Count(context => context.SourceAddress?.AbsolutePath == "/quotes"
            && context.DestinationAddress!.AbsolutePath == "/quotes")).ShouldBe(20);
        foreach (var host in hosts)
            await host.DisposeAsync();
    }

    [Theory, EveryDatabase]
    public async Task Nothing_stays_scheduled_when_the_handler_fails_afterwards(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, new HostSettings().With());

        await host.TellAsync(new OfferQuote(Guid.NewGuid(), TimeSpan.FromHours(1), Fails: true));
        await host.Received.OneAsync<Fault<OfferQuote>>();

        (await host.CountOutboxAsync()).ShouldBe(0);
    }
}
