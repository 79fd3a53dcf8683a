using MassTransit;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Inbox;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Tests.Inbox;

public sealed class When_the_inbox_is_old(PostgresServer postgres)
{
    private const int Old = 100;
    private const int Young = 10;

    private static readonly TimeSpan _window = TimeSpan.FromMinutes(10);

    private static readonly HostSettings _cleaning = new() { Outbox = Clean };

    [Theory, EveryDatabase]
    public async Task What_is_older_than_the_window_is_forgotten_and_nothing_else(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await RememberAsync(database);

        await using var host = await OrderHost.StartAsync(database, _cleaning);

        await host.SeeAsync("the young rows only", async db => await db.Inbox.CountAsync() == Young);
        var earliest = DateTimeOffset.UtcNow - _window;
        (await host.AskAsync(db => db.Inbox.AllAsync(row => row.ConsumedAt > earliest))).ShouldBeTrue();
    }

    [Theory, EveryDatabase]
    public async Task Several_processes_can_forget_at_once(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await RememberAsync(database);

        var hosts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => OrderHost.StartAsync(database, _cleaning)));

        await hosts[0].SeeAsync("the young rows only", async db => await db.Inbox.CountAsync() <= Young);
        (await hosts[0].AskAsync(db => db.Inbox.CountAsync())).ShouldBe(Young);
        foreach (var host in hosts)
            await host.DisposeAsync();
    }

    [Theory, EveryDatabase]
    public async Task A_message_that_was_forgotten_is_taken_again(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, _cleaning);
        var messageId = NewId.NextGuid();
        await host.SendAsync(new TakeNote(Guid.NewGuid(), "text"), context => context.MessageId = messageId);
        await host.Received.OneAsync<FileNote>();

        var old = DateTimeOffset.UtcNow - (2 * _window);
        await host.AskAsync(db => db.Inbox.ExecuteUpdateAsync(rows => rows.SetProperty(row => row.ConsumedAt, old)));
        await host.SeeAsync("an empty inbox", async db => !await db.Inbox.AnyAsync());
        await host.SendAsync(new TakeNote(Guid.NewGuid(), "text"), context => context.MessageId = messageId);

        await host.Received.SomeAsync<FileNote>(2);
    }

    [Theory, EveryDatabase]
    public async Task Nothing_is_forgotten_where_the_cleanup_is_disabled(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await RememberAsync(database);
        await using var host = await OrderHost.StartAsync(database, new HostSettings
        {
            Outbox = options =>
            {
                Clean(options);

                // Far more often than the inbox would be cleaned.
                options.SweepInterval = TimeSpan.FromMilliseconds(200);
            },
            AlsoOutbox = outbox => outbox.DisableInboxCleanupService(),
        });
        host.Traffic.Forget();

        await Eventually.TrueAsync("sweeps", _ => Task.FromResult(host.Traffic.Seen.Count(entry => entry == "WITH") >= 5));

        (await host.AskAsync(db => db.Inbox.CountAsync())).ShouldBe(Old + Young);
    }

    private static void Clean(OutboxOptions options)
    {
        options.SweepInterval = TimeSpan.FromHours(1);
        options.DuplicateDetectionWindow = _window;
        options.InboxCleanupInterval = TimeSpan.FromMilliseconds(100);
        options.InboxCleanupLimit = 7;
    }

    private static async Task RememberAsync(IOrderDatabase database)
    {
        var now = DateTimeOffset.UtcNow;
        await using var dbContext = OrderDbContext.Open(database);
        dbContext.AddRange(Enumerable.Range(0, Old + Young).Select(number => new InboxState
        {
            MessageId = Guid.NewGuid(),
            ConsumerId = Guid.NewGuid(),
            ConsumedAt = number < Old ? now - _window - TimeSpan.FromSeconds(number) : now,
        }));
        await dbContext.SaveChangesAsync();
    }
}
