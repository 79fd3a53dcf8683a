using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Commits;

public sealed class When_the_commit_fails(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task The_message_faults_and_nothing_is_sent(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        host.Traffic.OnCommit = () => throw new InvalidOperationException("No commit today.");

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await host.Received.OneAsync<Fault<SubmitOrder>>();

        (await host.AskAsync(db => db.Orders.AnyAsync())).ShouldBeFalse();
        (await host.CountOutboxAsync()).ShouldBe(0);
        host.Traffic.Seen.ShouldNotContain("send OrderAccepted");
        host.Traffic.Seen.ShouldNotContain("send PackOrder");
    }

    [Theory, EveryDatabase]
    public async Task The_instance_is_as_it_was_before(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = Guid.NewGuid();
        await host.SendAsync(new SubmitOrder(id, "1"));
        await host.Received.OneAsync<PackOrder>();
        host.Traffic.OnCommit = () => throw new InvalidOperationException("No commit today.");

        await host.SendAsync(new AddItem(id, 5));
        await host.Received.OneAsync<Fault<AddItem>>();

        var order = await host.FindAsync(id);
        order!.Total.ShouldBe(0);
        order.Version.ShouldBe(0);
        host.Received.All<ItemAdded>().ShouldBeEmpty();
    }

    [Theory, EveryDatabase]
    public async Task The_rows_of_delivered_messages_that_it_was_to_delete_are_deleted_all_the_same(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = Guid.NewGuid();
        await host.SendAsync(new SubmitOrder(id, "1"));
        await host.Received.OneAsync<PackOrder>();
        var failures = 1;
        host.Traffic.OnCommit = () =>
        {
            if (Interlocked.Decrement(ref failures) >= 0)
                throw new InvalidOperationException("No commit this time.");
        };

        await host.SendAsync(new AddItem(id, 5));
        await host.Received.OneAsync<ItemAdded>();

        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task A_row_the_database_will_never_take_goes_to_the_error_queue_and_the_next_message_is_served(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = Guid.NewGuid();
        await host.SendAsync(new TakeNote(id, "first"));
        await host.Received.OneAsync<FileNote>();

        await host.SendAsync(new TakeNote(id, "same key"));
        await host.SendAsync(new TakeNote(Guid.NewGuid(), "next"));

        (await host.Received.OneAsync<Fault<TakeNote>>()).Message.Message.Text.ShouldBe("same key");
        await host.Received.SomeAsync<FileNote>(2);
        host.Received.All<FileNote>().Count.ShouldBe(2);
        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(2);
    }
}
