using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Tests.Quotes;

namespace Saga.EntityFrameworkCore.Tests.Commits;

public sealed class When_a_consumer_saves_the_context_itself(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task What_it_sent_before_is_not_stored_until_it_returns_so_no_sweep_can_take_it_early(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var storedEarly = -1;
        var script = new ErrandScript
        {
            Do = async (context, _) =>
            {
                await SendAndSaveAsync(context);
                await using var dbContext = OrderDbContext.Open(database);
                storedEarly = await dbContext.Outbox.CountAsync();
            },
        };
        await using var host = await OrderHost.StartAsync(database, HostSettings.DeliveringNothing.With(script) with
        {
            BeforeStart = traffic => traffic.OnDelivery = message => message is RunErrand ? Task.CompletedTask : throw new InvalidOperationException("Away."),
        });
        var before = DateTimeOffset.UtcNow;

        await host.TellAsync(new RunErrand(Guid.NewGuid()));
        await host.SeeRowsLeftBehindAsync(2);

        storedEarly.ShouldBe(0);
        (await host.AskAsync(db => db.Outbox.AllAsync(row => row.DueAt >= before))).ShouldBeTrue();
    }

    [Theory, EveryDatabase]
    public async Task What_it_sent_is_not_sent_when_it_fails_afterwards(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var script = new ErrandScript
        {
            Do = async (context, _) =>
            {
                await SendAndSaveAsync(context);
                throw new InvalidOperationException("After saving.");
            },
        };
        await using var host = await OrderHost.StartAsync(database, new HostSettings().With(script));

        await host.TellAsync(new RunErrand(Guid.NewGuid()));
        await host.Received.OneAsync<Fault<RunErrand>>();

        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(1);
        (await host.CountOutboxAsync()).ShouldBe(0);
        (await host.AskAsync(db => db.Inbox.CountAsync())).ShouldBe(0, "The message was not consumed, so it may come again.");
        host.Traffic.Seen.ShouldNotContain("send NoteTaken");
    }

    [Theory, EveryDatabase]
    public async Task It_may_not_leave_a_transaction_open(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var script = new ErrandScript
        {
            Do = async (context, _) =>
            {
                await context.Publish(new NoteTaken(context.Message.ErrandId));
                await context.GetPayload<IServiceScope>().ServiceProvider.GetRequiredService<OrderDbContext>().Database.BeginTransactionAsync();
            },
        };
        await using var host = await OrderHost.StartAsync(database, new HostSettings().With(script));

        await host.TellAsync(new RunErrand(Guid.NewGuid()));

        (await host.Received.OneAsync<Fault<RunErrand>>()).Message.Exceptions[0].Message.ShouldContain("OrderDbContext has an open transaction.");
        host.Traffic.Seen.ShouldNotContain("send NoteTaken");
    }

    // Through its context and through what would be injected.
    private static async Task SendAndSaveAsync(ConsumeContext<RunErrand> context)
    {
        var services = context.GetPayload<IServiceScope>().ServiceProvider;
        var dbContext = services.GetRequiredService<OrderDbContext>();
        dbContext.Add(new Note { Id = context.Message.ErrandId });
        await context.Publish(new NoteTaken(context.Message.ErrandId));
        await services.GetRequiredService<IPublishEndpoint>().Publish(new NoteTaken(context.Message.ErrandId));
        await dbContext.SaveChangesAsync();
    }
}
