using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Commits;

public sealed class When_a_consumer_sends_through_what_it_was_given(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task Its_rows_and_messages_are_committed_in_one_transaction_and_delivered_once(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        host.Traffic.Forget();
        var conversation = NewId.NextGuid();

        await host.SendAsync(new CopyNote(Guid.NewGuid()), context => context.ConversationId = conversation);
        await host.Received.OneAsync<NoteTaken>();
        await host.Received.OneAsync<FileNote>();

        // What belongs to a message stays in its conversation.
        (await host.Received.OneAsync<NoteCopied>()).ConversationId.ShouldBe(conversation);
        await host.SeeRowsLeftBehindAsync(0);
        host.Traffic.Seen.Count(entry => entry == "COMMIT").ShouldBe(1);
        host.Traffic.Seen.Count(entry => entry.StartsWith("send ", StringComparison.Ordinal)).ShouldBe(4);
        var seen = host.Traffic.Seen.ToList();
        seen.IndexOf("send NoteCopied").ShouldBeGreaterThan(seen.IndexOf("COMMIT"));
        seen.IndexOf("send FileNote").ShouldBeGreaterThan(seen.IndexOf("COMMIT"));
    }

    [Theory, EveryDatabase]
    public async Task Nothing_is_stored_and_nothing_is_sent_when_it_throws(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);

        await host.SendAsync(new CopyNote(Guid.NewGuid(), ThrowsAfterSending: true));
        await host.Received.OneAsync<Fault<CopyNote>>();

        (await host.AskAsync(db => db.Notes.AnyAsync())).ShouldBeFalse();
        (await host.CountOutboxAsync()).ShouldBe(0);
        host.Traffic.Seen.ShouldNotContain("send NoteCopied");
        host.Traffic.Seen.ShouldNotContain("send NoteTaken");
        host.Traffic.Seen.ShouldNotContain("send FileNote");
    }
}
