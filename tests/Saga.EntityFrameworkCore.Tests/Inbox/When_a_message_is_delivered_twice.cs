using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Inbox;

public sealed class When_a_message_is_delivered_twice(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task A_plain_consumer_takes_it_once(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var message = new TakeNote(Guid.NewGuid(), "text");
        var messageId = NewId.NextGuid();
        await SendAsync(host, message, messageId);
        await host.Received.OneAsync<FileNote>();
        host.Traffic.Forget();

        await SendAsync(host, message, messageId);
        await SeeNextAsync(host);

        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(2);
        host.Received.All<FileNote>().Count.ShouldBe(2);
        host.Received.All<Fault<TakeNote>>().ShouldBeEmpty();
        host.Received.All<TakeNote>().ShouldBeEmpty("nothing was moved to the queue of skipped messages");
        host.Traffic.Seen.Count(entry => entry == "COMMIT").ShouldBe(1);
        (await host.AskAsync(db => db.Inbox.CountAsync())).ShouldBe(2);
    }

    [Theory, EveryDatabase]
    public async Task One_commits_when_both_are_handled_at_the_same_time(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var other = await OrderHost.StartAsync(database);
        using var bothLooked = new CountdownEvent(2);
        host.Traffic.OnTransaction = () => WaitForBoth(bothLooked);
        other.Traffic.OnTransaction = () => WaitForBoth(bothLooked);
        var messageId = NewId.NextGuid();

        // Two notes: without an inbox both would be stored.
        await SendAsync(host, new TakeNote(Guid.NewGuid(), "text"), messageId);
        await SendAsync(other, new TakeNote(Guid.NewGuid(), "text"), messageId);
        await Task.WhenAll(ConsumedAsync(host), ConsumedAsync(other));

        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(1);
        (await host.AskAsync(db => db.Inbox.CountAsync())).ShouldBe(1);
        await host.SeeRowsLeftBehindAsync(0);
        (host.Received.All<FileNote>().Count + other.Received.All<FileNote>().Count).ShouldBe(1);
        host.Received.All<Fault<TakeNote>>().ShouldBeEmpty();
        other.Received.All<Fault<TakeNote>>().ShouldBeEmpty();
    }

    [Theory, EveryDatabase]
    public async Task What_a_process_had_sent_that_died_after_its_commit_is_sent_once(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var message = new TakeNote(Guid.NewGuid(), "text");
        var messageId = NewId.NextGuid();
        await using (var dying = await OrderHost.StartAsync(database, HostSettings.DeliveringNothing))
        {
            await SendAsync(dying, message, messageId);
            await dying.SeeRowsLeftBehindAsync(2);
        }

        // The broker has had no acknowledgement, so it delivers the message again.
        await using var heir = await OrderHost.StartAsync(database, HostSettings.Sweeping);
        await SendAsync(heir, message, messageId);

        await ConsumedAsync(heir);
        await heir.SeeRowsLeftBehindAsync(0);
        await heir.Received.OneAsync<FileNote>();
        heir.Traffic.Seen.ShouldNotContain("COMMIT");
        heir.Received.All<FileNote>().Count.ShouldBe(1);
        heir.Received.All<Fault<TakeNote>>().ShouldBeEmpty();
    }

    [Theory, EveryDatabase]
    public async Task One_that_failed_before_is_taken(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = Guid.NewGuid();
        var messageId = NewId.NextGuid();
        await host.SendAsync(new CopyNote(id, ThrowsAfterSending: true), context => context.MessageId = messageId);
        await host.Received.OneAsync<Fault<CopyNote>>();
        (await host.AskAsync(db => db.Inbox.CountAsync())).ShouldBe(0);

        await host.SendAsync(new CopyNote(id), context => context.MessageId = messageId);

        (await host.Received.OneAsync<NoteCopied>()).Message.NoteId.ShouldBe(id);
    }

    [Theory, EveryDatabase]
    public async Task One_that_comes_again_under_a_new_id_is_known_by_the_one_it_first_had(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var first = NewId.NextGuid();

        // As MassTransit redelivers a message that failed.
        await host.SendAsync(new CopyNote(Guid.NewGuid()), context =>
        {
            context.MessageId = NewId.NextGuid();
            context.Headers.Set(MessageHeaders.OriginalMessageId, first);
        });

        await host.Received.OneAsync<NoteCopied>();
        (await host.AskAsync(db => db.Inbox.SingleAsync())).MessageId.ShouldBe(first);
    }

    [Theory, EveryDatabase]
    public async Task Another_consumer_of_it_takes_it_too(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var messageId = NewId.NextGuid();

        await SendAsync(host, new TakeNote(Guid.NewGuid(), "text"), messageId);
        await host.SendAsync(new CopyNote(Guid.NewGuid()), context => context.MessageId = messageId);

        await host.Received.SomeAsync<FileNote>(2);
        (await host.AskAsync(db => db.Inbox.CountAsync(row => row.MessageId == messageId))).ShouldBe(2);
    }

    [Theory, EveryDatabase]
    public async Task A_saga_needs_no_row_to_know(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));

        await host.Received.OneAsync<OrderAccepted>();
        (await host.AskAsync(db => db.Inbox.CountAsync())).ShouldBe(0);
    }

    private static Task SendAsync(OrderHost host, TakeNote message, Guid messageId) =>
        host.SendAsync(message, context => context.MessageId = messageId);

    // The message was looked up, and whatever else might have become of it has had the time another one takes.
    private static async Task SeeNextAsync(OrderHost host)
    {
        await Eventually.TrueAsync("a look into the inbox", _ => Task.FromResult(host.Traffic.Seen.Contains("SELECT")));
        await SendAsync(host, new TakeNote(Guid.NewGuid(), "next"), NewId.NextGuid());
        await host.Received.SomeAsync<FileNote>(2);
        await host.SeeRowsLeftBehindAsync(0);
    }

    private static async Task ConsumedAsync(OrderHost host) => (await host.Harness.Consumed.Any<TakeNote>()).ShouldBeTrue();

    private static void WaitForBoth(CountdownEvent bothLooked)
    {
        if (bothLooked.IsSet)
            return;
        bothLooked.Signal();
        bothLooked.Wait(Patience.Limit);
    }
}
