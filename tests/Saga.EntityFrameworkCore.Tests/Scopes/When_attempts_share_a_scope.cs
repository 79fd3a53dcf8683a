using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Scopes;

/// <summary>A filter before the outbox makes the scope of the message, and all attempts at it, those of the outbox and those of the user, are given that one.</summary>
public sealed class When_attempts_share_a_scope(PostgresServer postgres)
{
    private const int Items = 60;

    private static readonly HostSettings _sharing = new() { BeforeOutbox = (endpoint, context) => endpoint.UseMessageScope(context) };

    private static readonly HostSettings _retrying = new()
    {
        BeforeOutbox = (endpoint, context) =>
        {
            endpoint.UseMessageScope(context);
            endpoint.UseMessageRetry(retry =>
            {
                retry.Handle<InvalidOperationException>();
                retry.Immediate(5);
            });
        },
    };

    [Theory, EveryDatabase]
    public async Task A_conflict_of_two_processes_is_handled_again(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var one = await OrderHost.StartAsync(database, _sharing);
        await using var other = await OrderHost.StartAsync(database, _sharing);
        var id = Guid.NewGuid();
        await one.SendAsync(new SubmitOrder(id, "1"));
        await one.SeeAsync("the order", db => db.Orders.AnyAsync());

        await Task.WhenAll(Enumerable.Range(0, Items).Select(turn => (turn % 2 == 0 ? one : other).SendAsync(new AddItem(id, 1))));
        await Eventually.TrueAsync("every message to end", _ => Task.FromResult(
            one.Received.All<ItemAdded>().Count + other.Received.All<ItemAdded>().Count
            + one.Received.All<Fault<AddItem>>().Count + other.Received.All<Fault<AddItem>>().Count >= Items));

        one.Received.All<Fault<AddItem>>().ShouldBeEmpty();
        other.Received.All<Fault<AddItem>>().ShouldBeEmpty();
        (await one.FindAsync(id))!.Total.ShouldBe(Items);
        one.Received.All<ItemAdded>().Concat(other.Received.All<ItemAdded>()).Select(added => added.Message.Total).Order().ShouldBe(Enumerable.Range(1, Items));
    }

    [Theory, EveryDatabase]
    public async Task What_a_failed_attempt_of_a_saga_sent_is_not_sent(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, _retrying);

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1", FailingAttempts: 3));
        await host.Received.OneAsync<PackOrder>();
        await host.SeeRowsLeftBehindAsync(0);

        host.Traffic.Seen.Count(entry => entry == "send PackOrder").ShouldBe(1);
        host.Traffic.Seen.Count(entry => entry == "send OrderAccepted").ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task What_a_failed_attempt_of_a_consumer_sent_and_added_is_not_sent_and_not_stored(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, _retrying);
        var note = Guid.NewGuid();

        await host.SendAsync(new CopyNote(note, FailingAttempts: 3));
        await host.Received.OneAsync<FileNote>();
        await host.SeeRowsLeftBehindAsync(0);

        host.Traffic.Seen.Count(entry => entry == "send FileNote").ShouldBe(1);
        host.Traffic.Seen.Count(entry => entry == "send NoteCopied").ShouldBe(1);
        host.Traffic.Seen.Count(entry => entry == "send NoteTaken").ShouldBe(1);
        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task What_was_there_before_the_first_attempt_is_committed_by_the_last(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, _retrying with
        {
            BeforeOutbox = (endpoint, context) =>
            {
                endpoint.UseConsumeFilter(typeof(AuditFilter<>), context);
                endpoint.UseMessageRetry(retry => retry.Immediate(5));
            },
        });

        await host.SendAsync(new CopyNote(Guid.NewGuid(), FailingAttempts: 2));
        await host.Received.OneAsync<FileNote>();
        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1", FailingAttempts: 2));
        await host.Received.OneAsync<PackOrder>();

        (await host.AskAsync(db => db.Notes.CountAsync(note => note.Text == "audit"))).ShouldBe(2);
        (await host.AskAsync(db => db.Notes.CountAsync(note => note.Text != "audit"))).ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task An_instance_without_outbox_is_not_held_by_the_attempt_before(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, _retrying with { WithOutbox = false });
        var id = Guid.NewGuid();

        await host.SendAsync(new SubmitOrder(id, "1", FailingAttempts: 3));

        (await Eventually.SeeAsync("the order", _ => host.FindAsync(id), found => found is not null))!.CurrentState.ShouldBe("Open");
    }
}
