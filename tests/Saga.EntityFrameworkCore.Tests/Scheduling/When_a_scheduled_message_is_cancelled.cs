using MassTransit;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Tests.Quotes;

namespace Saga.EntityFrameworkCore.Tests.Scheduling;

public sealed class When_a_scheduled_message_is_cancelled(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task Its_row_goes_with_the_same_commit_and_it_never_arrives(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var clock = new SteppedClock();
        await using var host = await OrderHost.StartAsync(database, HostSettings.Sweeping.With() with { Clock = clock });
        var id = await OfferAsync(host);

        await host.TellAsync(new AcceptQuote(id));
        await host.Received.OneAsync<QuoteAccepted>();
        await host.SeeRowsLeftBehindAsync(0);

        await host.SweepOnceAsync(clock, TimeSpan.FromHours(2));
        host.Received.All<QuoteLapsed>().ShouldBeEmpty();
        (await host.AskAsync(db => db.Quotes.SingleAsync())).LapseTokenId.ShouldBeNull();
    }

    [Theory, EveryDatabase]
    public async Task It_still_arrives_when_the_handler_fails_afterwards(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var clock = new SteppedClock();
        await using var host = await OrderHost.StartAsync(database, HostSettings.Sweeping.With() with { Clock = clock });
        var id = await OfferAsync(host);

        await host.TellAsync(new AcceptQuote(id, Fails: true));
        await host.Received.OneAsync<Fault<AcceptQuote>>();
        clock.Advance(TimeSpan.FromHours(2));

        await host.Received.OneAsync<QuoteLapsed>();
        host.Received.All<QuoteAccepted>().ShouldBeEmpty();
    }

    [Theory, EveryDatabase]
    public async Task Scheduling_again_cancels_the_former_one(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var clock = new SteppedClock();
        await using var host = await OrderHost.StartAsync(database, HostSettings.Sweeping.With() with { Clock = clock });
        var id = await OfferAsync(host);

        await host.TellAsync(new ExtendQuote(id, TimeSpan.FromHours(10)));
        await host.Received.OneAsync<QuoteExtended>();
        await host.SeeRowsLeftBehindAsync(1);
        await host.SweepOnceAsync(clock, TimeSpan.FromHours(2));
        host.Received.All<QuoteLapsed>().ShouldBeEmpty();

        clock.Advance(TimeSpan.FromHours(10));
        await host.Received.OneAsync<QuoteLapsed>();
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task It_may_go_in_the_very_moment_without_failing_who_cancels_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, new HostSettings().With());
        var id = await OfferAsync(host);
        var gone = 0;
        host.Traffic.OnCommit = () =>
        {
            // Between the read and the delete, as a sweep that has just delivered it would.
            if (Interlocked.Exchange(ref gone, 1) == 0)
                throw new DbUpdateConcurrencyException("Someone was faster.");
        };

        await host.TellAsync(new AcceptQuote(id));

        await host.Received.OneAsync<QuoteAccepted>();
        host.Received.All<Fault<AcceptQuote>>().ShouldBeEmpty();
    }

    [Theory, EveryDatabase]
    public async Task What_was_delivered_and_deleted_meanwhile_is_a_conflict_that_ends(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var script = new ErrandScript();
        await using var host = await OrderHost.StartAsync(database, new HostSettings().With(script));
        var token = Guid.Empty;
        script.Do = async (context, scheduler) =>
        {
            if (token == Guid.Empty)
            {
                token = (await context.ScheduleSend(NoteConsumer.Filing, TimeSpan.FromHours(1), new FileNote(Guid.NewGuid()))).TokenId;
                return;
            }

            await scheduler.CancelScheduledSend(NoteConsumer.Filing, token);
            await host.AskAsync(db => db.Outbox.Where(row => row.ScheduleTokenId == token).ExecuteDeleteAsync());
            await context.Publish(new NoteTaken(context.Message.ErrandId));
        };
        await host.TellAsync(new RunErrand(Guid.NewGuid()));
        await host.SeeRowsLeftBehindAsync(1);

        await host.TellAsync(new RunErrand(Guid.NewGuid()));

        await host.Received.OneAsync<NoteTaken>();
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task It_may_have_been_scheduled_by_the_same_handler(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var script = new ErrandScript
        {
            Do = async (context, scheduler) =>
            {
                var scheduled = await scheduler.ScheduleSend(NoteConsumer.Filing, DateTime.UtcNow.AddHours(1), new FileNote(Guid.NewGuid()));
                var late = await scheduler.ScheduleSend(NoteConsumer.Filing, DateTime.UtcNow.AddHours(-1), new FileNote(Guid.NewGuid()));
                await scheduler.CancelScheduledSend(scheduled);
                await scheduler.CancelScheduledSend(late);
                await context.Publish(new NoteTaken(context.Message.ErrandId));
            },
        };
        await using var host = await OrderHost.StartAsync(database, new HostSettings().With(script));

        await host.TellAsync(new RunErrand(Guid.NewGuid()));

        await host.Received.OneAsync<NoteTaken>();
        await host.SeeRowsLeftBehindAsync(0);
        host.Received.All<FileNote>().ShouldBeEmpty();
    }

    [Theory, EveryDatabase]
    public async Task A_token_of_the_callers_own_is_replaced_by_scheduling_under_it_again(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var token = Guid.NewGuid();
        var script = new ErrandScript
        {
            Do = async (context, scheduler) =>
            {
                await scheduler.ScheduleSend(
                    NoteConsumer.Filing,
                    DateTime.UtcNow.AddHours(1),
                    new FileNote(context.Message.ErrandId),
                    Pipe.Execute<SendContext<FileNote>>(file => file.ScheduledMessageId = token));
                await context.Publish(new NoteTaken(context.Message.ErrandId));
            },
        };
        var clock = new SteppedClock();
        await using var host = await OrderHost.StartAsync(database, HostSettings.Sweeping.With(script) with { Clock = clock });

        await host.TellAsync(new RunErrand(Guid.NewGuid()));
        await host.Received.SomeAsync<NoteTaken>(1);
        var last = Guid.NewGuid();
        await host.TellAsync(new RunErrand(last));
        await host.Received.SomeAsync<NoteTaken>(2);
        await host.SeeRowsLeftBehindAsync(1);
        clock.Advance(TimeSpan.FromHours(2));

        var filed = await host.Received.OneAsync<FileNote>();
        filed.Message.NoteId.ShouldBe(last);
        filed.GetSchedulingTokenId().ShouldBe(token);
    }

    private static async Task<Guid> OfferAsync(OrderHost host)
    {
        var id = Guid.NewGuid();
        await host.TellAsync(new OfferQuote(id, TimeSpan.FromHours(1)));
        await host.Received.OneAsync<QuoteOffered>();
        await host.SeeRowsLeftBehindAsync(1);
        return id;
    }
}
