using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Tests.Quotes;

namespace Saga.EntityFrameworkCore.Tests.Scheduling;

public sealed class When_messages_are_scheduled_outside_a_consumer(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task They_are_stored_when_the_call_returns_and_arrive_when_they_are_due(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var clock = new SteppedClock();
        await using var host = await OrderHost.StartAsync(database, HostSettings.Sweeping.With() with { Clock = clock });
        await using var scope = host.Services.CreateAsyncScope();
        var scheduler = scope.ServiceProvider.GetRequiredService<IMessageScheduler>();
        var id = Guid.NewGuid();

        await scheduler.ScheduleSend(NoteConsumer.Filing, TimeSpan.FromHours(1), new FileNote(id));
        await scheduler.SchedulePublish(TimeSpan.FromHours(1), new NoteTaken(id));
        (await host.CountOutboxAsync()).ShouldBe(2);
        clock.Advance(TimeSpan.FromHours(2));

        (await host.Received.OneAsync<FileNote>()).Message.NoteId.ShouldBe(id);
        (await host.Received.OneAsync<NoteTaken>()).Message.NoteId.ShouldBe(id);
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task A_delay_is_kept_by_those_that_are_saved_with_the_callers_changes(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var clock = new SteppedClock();
        await using var host = await OrderHost.StartAsync(database, HostSettings.Sweeping.With() with { Clock = clock });
        await using var request = host.BeginRequest();
        await PublishLaterAsync(request);
        await using (var transaction = await request.DbContext.Database.BeginTransactionAsync())
        {
            await PublishLaterAsync(request);

            // Longer than the grace of what is not scheduled, which would begin again.
            clock.Advance(TimeSpan.FromMinutes(1));
            await transaction.CommitAsync();
        }

        await host.SweepOnceAsync(clock, TimeSpan.FromMinutes(30));
        host.Received.All<NoteTaken>().ShouldBeEmpty();
        clock.Advance(TimeSpan.FromHours(1));

        await host.Received.SomeAsync<NoteTaken>(2);
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task They_are_gone_when_the_call_that_cancels_them_returns(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, new HostSettings().With());
        await using var scope = host.Services.CreateAsyncScope();
        var scheduler = scope.ServiceProvider.GetRequiredService<IMessageScheduler>();

        var sent = await scheduler.ScheduleSend(NoteConsumer.Filing, TimeSpan.FromHours(1), new FileNote(Guid.NewGuid()));
        var published = await scheduler.SchedulePublish(TimeSpan.FromHours(1), new NoteTaken(Guid.NewGuid()));
        await scheduler.CancelScheduledSend(NoteConsumer.Filing, sent.TokenId);
        (await host.CountOutboxAsync()).ShouldBe(1);
        await scheduler.CancelScheduledPublish<NoteTaken>(published.TokenId);
        await scheduler.CancelScheduledPublish<NoteTaken>(Guid.NewGuid());

        (await host.CountOutboxAsync()).ShouldBe(0);
    }

    [Theory, EveryDatabase]
    public async Task They_take_nothing_along_of_what_the_callers_context_tracks(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, new HostSettings().With());
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<OrderDbContext>().Add(new Note { Id = Guid.NewGuid() });

        await scope.ServiceProvider.GetRequiredService<IMessageScheduler>()
            .ScheduleSend(NoteConsumer.Filing, TimeSpan.FromHours(1), new FileNote(Guid.NewGuid()));

        (await host.CountOutboxAsync()).ShouldBe(1);
        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(0);
    }

    private static async Task PublishLaterAsync(RequestScope request)
    {
        await request.Services.GetRequiredService<IPublishEndpoint>().Publish(new NoteTaken(Guid.NewGuid()), publish => publish.Delay = TimeSpan.FromHours(1));
        await request.DbContext.SaveChangesAsync();
    }
}
