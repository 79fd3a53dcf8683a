using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Commits;

public sealed class When_a_message_is_handled(PostgresServer postgres, ITestOutputHelper output)
{
    [Theory, EveryDatabase]
    public async Task The_instance_and_its_messages_are_committed_in_one_transaction(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        host.Traffic.Forget();

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await host.Received.OneAsync<PackOrder>();
        await host.Received.OneAsync<OrderAccepted>();
        await host.SeeRowsLeftBehindAsync(0);

        output.WriteLine(string.Join(", ", host.Traffic.Seen));
        host.Traffic.Seen.Count(entry => entry == "COMMIT").ShouldBe(1);
    }

    [Fact]
    public async Task PostgreSQL_is_asked_once_to_load_and_once_to_save()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        var id = Guid.NewGuid();
        await using (var former = await OrderHost.StartAsync(database))
        {
            await former.SendAsync(new SubmitOrder(id, "1"));
            await former.Received.OneAsync<PackOrder>();
            await former.SeeRowsLeftBehindAsync(0);
        }

        await using var host = await OrderHost.StartAsync(database);
        await host.SeeFirstSweepAsync();
        host.Traffic.Forget();
        await host.SendAsync(new AddItem(id, 5));
        await host.Received.OneAsync<ItemAdded>();

        host.Traffic.Seen.TakeWhile(entry => entry != "send ItemAdded").ShouldBe(["send AddItem", "SELECT", "COMMIT"]);
    }

    [Theory, EveryDatabase]
    public async Task Its_messages_are_delivered_only_after_the_commit(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await host.Received.OneAsync<PackOrder>();
        await host.Received.OneAsync<OrderAccepted>();

        var seen = host.Traffic.Seen.ToList();
        seen.IndexOf("send PackOrder").ShouldBeGreaterThan(seen.IndexOf("COMMIT"));
        seen.IndexOf("send OrderAccepted").ShouldBeGreaterThan(seen.IndexOf("COMMIT"));
    }

    [Theory, EveryDatabase]
    public async Task The_next_message_for_its_instance_need_not_wait_for_the_broker(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = Guid.NewGuid();
        var brokerAnswers = new TaskCompletionSource();
        host.Traffic.OnDelivery = message => message is PackOrder ? brokerAnswers.Task : Task.CompletedTask;

        await host.SendAsync(new SubmitOrder(id, "1"));
        await host.SeeAsync("the order", db => db.Orders.AnyAsync());
        await host.SendAsync(new AddItem(id, 5));

        (await host.Received.OneAsync<ItemAdded>()).Message.Total.ShouldBe(5);
        host.Received.All<PackOrder>().ShouldBeEmpty();
        brokerAnswers.SetResult();
    }

    [Theory, EveryDatabase]
    public async Task A_plain_consumer_commits_its_rows_and_messages_in_one_transaction_too(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        host.Traffic.Forget();

        await host.SendAsync(new TakeNote(Guid.NewGuid(), "text"));
        await host.Received.OneAsync<FileNote>();
        await host.Received.OneAsync<NoteTaken>();
        await host.SeeRowsLeftBehindAsync(0);

        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(1);
        host.Traffic.Seen.Count(entry => entry == "COMMIT").ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task An_endpoint_without_the_outbox_saves_the_instance_just_the_same(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, new HostSettings { WithOutbox = false });
        var id = Guid.NewGuid();

        await host.SendAsync(new SubmitOrder(id, "1"));
        await host.Received.OneAsync<OrderAccepted>();
        await host.SeeAsync("the order", db => db.Orders.AnyAsync());
        await host.SendAsync(new AddItem(id, 5));

        await host.SeeAsync("the item", db => db.Orders.AnyAsync(order => order.Total == 5));
        (await host.CountOutboxAsync()).ShouldBe(0);
    }
}
