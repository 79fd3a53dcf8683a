using MassTransit;
using MassTransit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Saga.EntityFrameworkCore.Tests.Inbox;

public sealed class When_there_is_no_inbox(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task A_plain_consumer_takes_every_delivery_and_the_log_says_so_once(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        using var log = new RememberedLog();
        await using var provider = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(log))
            .AddDbContext<ForgetfulDbContext>(options => database.Use(options))
            .AddMassTransitTestHarness(bus =>
            {
                bus.DisableUsageTelemetry();
                bus.SetTestTimeouts(Patience.Limit, Patience.Limit);
                bus.AddEntityFrameworkOutbox<ForgetfulDbContext>();
                bus.AddConsumer<ForgetfulConsumer>();
                bus.AddConfigureEndpointsCallback((context, _, endpoint) => endpoint.UseEntityFrameworkOutbox<ForgetfulDbContext>(context));
            })
            .BuildServiceProvider(validateScopes: true);
        var harness = provider.GetRequiredService<ITestHarness>();
        await harness.Start();
        var messageId = NewId.NextGuid();

        await harness.Bus.Publish(new TakeNote(Guid.NewGuid(), "text"), context => context.MessageId = messageId);
        await harness.Bus.Publish(new TakeNote(Guid.NewGuid(), "text"), context => context.MessageId = messageId);

        await Eventually.TrueAsync("both notes", async _ =>
        {
            await using var dbContext = OrderDbContext.Open(database);
            return await dbContext.Notes.CountAsync() == 2;
        });
        log.Entries.Count(entry => entry == 4021).ShouldBe(1);
        await harness.Stop();
    }

    private sealed class ForgetfulConsumer(ForgetfulDbContext dbContext) : IConsumer<TakeNote>
    {
        public Task Consume(ConsumeContext<TakeNote> context)
        {
            dbContext.Add(new Note { Id = context.Message.NoteId });
            return Task.CompletedTask;
        }
    }

    private sealed class ForgetfulDbContext(DbContextOptions<ForgetfulDbContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Note>().ToTable("Notes").Property(note => note.Id).ValueGeneratedNever();
            modelBuilder.AddOutboxMessageEntity(outbox => outbox.ToTable("sent_by_orders"));
        }
    }
}
