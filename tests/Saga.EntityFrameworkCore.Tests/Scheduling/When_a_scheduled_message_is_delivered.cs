using MassTransit;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Tests.Quotes;

namespace Saga.EntityFrameworkCore.Tests.Scheduling;

public sealed class When_a_scheduled_message_is_delivered(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task It_carries_what_it_was_given(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var correlationId = NewId.NextGuid();
        var token = Guid.Empty;
        var script = new ErrandScript
        {
            Do = async (context, scheduler) =>
            {
                var scheduled = await scheduler.ScheduleSend(
                    NoteConsumer.Filing,
                    TimeSpan.FromHours(2),
                    new FileNote(context.Message.ErrandId),
                    Pipe.Execute<SendContext<FileNote>>(file =>
                    {
                        file.Headers.Set("Colour", "blue");
                        file.CorrelationId = correlationId;
                        file.TimeToLive = TimeSpan.FromHours(1);
                    }));
                token = scheduled.TokenId;
            },
        };
        var clock = new SteppedClock();
        await using var host = await OrderHost.StartAsync(database, HostSettings.Sweeping.With(script) with { Clock = clock });
        var conversationId = NewId.NextGuid();
        await host.TellAsync(new RunErrand(Guid.NewGuid()), context => context.ConversationId = conversationId);
        await host.SeeRowsLeftBehindAsync(1);

        clock.Advance(TimeSpan.FromHours(2.5));

        var filed = await host.Received.OneAsync<FileNote>();
        filed.CorrelationId.ShouldBe(correlationId);
        filed.ConversationId.ShouldBe(conversationId);
        filed.SourceAddress.ShouldBe(new Uri("loopback://localhost/errands"));
        filed.Headers.Get<string>("Colour").ShouldBe("blue");
        filed.GetSchedulingTokenId().ShouldBe(token);

        // The time to live begins when the message is due, as it would with a broker that can wait.
        var delivered = host.Traffic.Delivered.Single(context => context.DestinationAddress!.AbsolutePath == "/filing");
        delivered.TimeToLive.ShouldNotBeNull().ShouldBe(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(15));
        delivered.Delay.ShouldBeNull();
    }

    [Theory, EveryDatabase]
    public async Task It_is_dropped_when_it_expired_before_anyone_could_deliver_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var script = new ErrandScript
        {
            Do = (_, scheduler) => scheduler.ScheduleSend(
                NoteConsumer.Filing,
                TimeSpan.FromHours(1),
                new FileNote(Guid.NewGuid()),
                Pipe.Execute<SendContext<FileNote>>(file => file.TimeToLive = TimeSpan.FromMinutes(1))),
        };
        var clock = new SteppedClock();
        await using var host = await OrderHost.StartAsync(database, HostSettings.Sweeping.With(script) with { Clock = clock });
        await host.TellAsync(new RunErrand(Guid.NewGuid()));
        await host.SeeRowsLeftBehindAsync(1);

        clock.Advance(TimeSpan.FromHours(2));

        await host.SeeRowsLeftBehindAsync(0);
        host.Received.All<FileNote>().ShouldBeEmpty();
    }

    [Theory, EveryDatabase]
    public async Task A_delay_on_a_publish_is_kept_by_the_outbox_too(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var script = new ErrandScript
        {
            Do = (context, _) => context.Publish(new NoteTaken(context.Message.ErrandId), publish => publish.Delay = TimeSpan.FromHours(1)),
        };
        var clock = new SteppedClock();
        await using var host = await OrderHost.StartAsync(database, HostSettings.Sweeping.With(script) with { Clock = clock });
        await host.TellAsync(new RunErrand(Guid.NewGuid()));
        await host.SeeRowsLeftBehindAsync(1);
        await host.SweepOnceAsync(clock, TimeSpan.FromMinutes(30));
        host.Received.All<NoteTaken>().ShouldBeEmpty();

        clock.Advance(TimeSpan.FromHours(1));

        await host.Received.OneAsync<NoteTaken>();
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task An_event_reaches_its_subscribers(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var script = new ErrandScript
        {
            Do = (context, _) => context.SchedulePublish(TimeSpan.FromHours(1), new NoteTaken(context.Message.ErrandId)),
        };
        var clock = new SteppedClock();
        await using var host = await OrderHost.StartAsync(database, HostSettings.Sweeping.With(script) with { Clock = clock });
        await host.TellAsync(new RunErrand(Guid.NewGuid()));
        await host.SeeRowsLeftBehindAsync(1);
        (await host.AskAsync(db => db.Outbox.SingleAsync())).IsPublish.ShouldBeTrue();

        clock.Advance(TimeSpan.FromHours(2));

        await host.Received.OneAsync<NoteTaken>();
    }

    [Theory, EveryDatabase]
    public async Task It_is_delivered_at_once_when_its_time_has_passed_already(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var script = new ErrandScript
        {
            Do = (context, scheduler) => scheduler.ScheduleSend(NoteConsumer.Filing, DateTime.UtcNow.AddHours(-1), new FileNote(context.Message.ErrandId)),
        };
        await using var host = await OrderHost.StartAsync(database, new HostSettings().With(script));

        await host.TellAsync(new RunErrand(Guid.NewGuid()));

        await host.Received.OneAsync<FileNote>();
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task It_waits_for_the_broker_like_any_other(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var clock = new SteppedClock();
        await using var host = await OrderHost.StartAsync(database, HostSettings.Sweeping.With() with { Clock = clock });
        await host.TellAsync(new OfferQuote(Guid.NewGuid(), TimeSpan.FromHours(1)));
        await host.Received.OneAsync<QuoteOffered>();
        await host.SeeRowsLeftBehindAsync(1);
        host.Traffic.OnDelivery = _ => throw new InvalidOperationException("The broker is away.");
        clock.Advance(TimeSpan.FromHours(2));
        await host.SeeAsync("a sweep that fails", db => db.Outbox.AnyAsync(row => row.Attempts > 0));

        host.Traffic.OnDelivery = _ => Task.CompletedTask;
        await host.SweepOnceAsync(clock, TimeSpan.FromMinutes(1));

        await host.Received.OneAsync<QuoteLapsed>();
    }
}
