using MassTransit;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Tests.Quotes;

namespace Saga.EntityFrameworkCore.Tests.Scheduling;

public sealed class When_a_failed_message_is_redelivered(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task It_comes_again_at_its_intervals_and_counts_them(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var clock = new SteppedClock();
        var counts = new List<int>();
        var script = FailingTwice(counts);
        await using var host = await OrderHost.StartAsync(database, HostSettings.Sweeping.With(script) with { Clock = clock });
        var id = Guid.NewGuid();

        await host.TellAsync(new RunErrand(id), context => context.Headers.Set("Colour", "blue"));
        await host.SeeRowsLeftBehindAsync(1);
        await host.SweepOnceAsync(clock, TimeSpan.FromMinutes(30));
        counts.ShouldBe([0]);

        clock.Advance(TimeSpan.FromHours(1));
        await host.SeeAsync("the second try", _ => Task.FromResult(counts.Count == 2));
        await SeeOnlyItsRowAsync(host);
        counts.ShouldBe([0, 1]);
        clock.Advance(TimeSpan.FromHours(3));

        (await host.Received.OneAsync<NoteTaken>()).Message.NoteId.ShouldBe(id);
        counts.ShouldBe([0, 1, 2]);
        host.Received.All<Fault<RunErrand>>().ShouldBeEmpty();
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task Nothing_else_that_the_failed_handler_did_is_kept(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var script = new ErrandScript
        {
            Redelivery = endpoint => endpoint.UseScheduledRedelivery(retry => retry.Interval(1, TimeSpan.FromHours(1))),
            Do = async (context, scheduler) =>
            {
                await context.Publish(new NoteTaken(context.Message.ErrandId));
                await scheduler.ScheduleSend(NoteConsumer.Filing, TimeSpan.FromHours(1), new FileNote(Guid.NewGuid()));
                throw new InvalidOperationException("After sending and scheduling.");
            },
        };
        await using var host = await OrderHost.StartAsync(database, new HostSettings().With(script));

        await host.TellAsync(new RunErrand(Guid.NewGuid()));

        await host.SeeRowsLeftBehindAsync(1);
        (await host.AskAsync(db => db.Outbox.SingleAsync())).Destination.ShouldEndWith("/errands");
        host.Received.All<NoteTaken>().ShouldBeEmpty();
    }

    [Theory, EveryDatabase]
    public async Task Another_process_redelivers_it_when_this_one_dies(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var counts = new List<int>();
        await using (var dying = await OrderHost.StartAsync(database, new HostSettings().With(FailingTwice(counts))))
        {
            await dying.TellAsync(new RunErrand(Guid.NewGuid()), context => context.Headers.Set("Colour", "blue"));
            await dying.SeeRowsLeftBehindAsync(1);
        }

        var clock = new SteppedClock();
        await using var other = await OrderHost.StartAsync(database, HostSettings.Sweeping.With(FailingTwice(counts)) with { Clock = clock });
        clock.Advance(TimeSpan.FromHours(2));
        await other.SeeAsync("the second try", _ => Task.FromResult(counts.Count == 2));
        await SeeOnlyItsRowAsync(other);
        clock.Advance(TimeSpan.FromHours(3));

        await other.Received.OneAsync<NoteTaken>();
        counts.ShouldBe([0, 1, 2]);
    }

    [Theory, EveryDatabase]
    public async Task It_is_not_acknowledged_when_the_redelivery_cannot_be_stored(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, new HostSettings().With(FailingTwice([])));
        host.Traffic.OnCommit = () => throw new InvalidOperationException("The database is full.");
        host.Traffic.OnCommand = command =>
        {
            // A single row is saved by itself without a transaction.
            if (command.StartsWith("INSERT", StringComparison.Ordinal))
                throw new InvalidOperationException("The database is full.");
        };

        await host.TellAsync(new RunErrand(Guid.NewGuid()));

        // Among the errors, where it can be sent again from.
        await host.Received.OneAsync<RunErrand>();
        (await host.CountOutboxAsync()).ShouldBe(0);
    }

    [Theory, EveryDatabase]
    public async Task A_scheduled_message_is_still_the_one_its_saga_waits_for(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var clock = new SteppedClock();
        await using var host = await OrderHost.StartAsync(database, HostSettings.Sweeping.With(quoteRedelivery: true) with { Clock = clock });
        await host.TellAsync(new OfferQuote(Guid.NewGuid(), TimeSpan.FromHours(1)));
        await host.Received.OneAsync<QuoteOffered>();

        // Once with its batch and once by itself.
        var refusals = 2;
        host.Traffic.OnCommit = () =>
        {
            if (Interlocked.Decrement(ref refusals) >= 0)
                throw new InvalidOperationException("The database is full.");
        };

        var afterTheLapse = clock.GetUtcNow().AddHours(5);
        clock.Advance(TimeSpan.FromHours(2));
        await host.SeeAsync("a redelivery", db => db.Outbox.AnyAsync(row => row.DueAt > afterTheLapse));
        host.Received.All<QuoteLapsed>().ShouldBeEmpty();
        clock.Advance(TimeSpan.FromHours(20));

        await host.Received.OneAsync<QuoteLapsed>();
    }

    // The row of the try before it is deleted a moment later. Had time gone on by more than its lease meanwhile, a sweep would take it for lost and send it again.
    private static Task SeeOnlyItsRowAsync(OrderHost host) =>
        host.SeeAsync("only the row of the next try", async db => await db.Outbox.Select(row => row.Attempts).ToListAsync() is [0]);

    private static ErrandScript FailingTwice(List<int> counts) => new()
    {
        Redelivery = endpoint => endpoint.UseScheduledRedelivery(retry => retry.Intervals(TimeSpan.FromHours(1), TimeSpan.FromHours(2))),
        Do = async (context, _) =>
        {
            counts.Add(context.GetRedeliveryCount());
            if (context.GetRedeliveryCount() < 2)
                throw new InvalidOperationException("Not yet.");
            context.Headers.Get<string>("Colour").ShouldBe("blue");
            await context.Publish(new NoteTaken(context.Message.ErrandId));
        },
    };
}
