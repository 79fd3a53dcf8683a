using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.BusOutbox;

namespace Saga.EntityFrameworkCore.Tests.Telemetry;

public sealed class When_somebody_measures(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task A_message_is_a_batch_with_its_rows_in_one_transaction(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        using var measured = new Measurements();
        await using var host = await OrderHost.StartAsync(database, To(measured));

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await host.Received.OneAsync<PackOrder>();
        await Eventually.TrueAsync("both deliveries to be measured", _ => Task.FromResult(measured.Of("saga.outbox.delivery.duration", "origin=commit").Count == 2));

        measured.Of("saga.batch.messages").ShouldBe([1]);
        measured.Of("saga.batch.rows").ShouldBe([3]);
        measured.Of("saga.batch.duration").Count.ShouldBe(1);
        measured.Of("saga.db.round_trips", "operation=batch").ShouldBe([kind == DatabaseKind.Postgres ? 1 : 3]);
        measured.Of("saga.db.round_trips", "operation=commit").ShouldBe([1]);
        measured.Of("saga.db.transactions", "outcome=commit").ShouldBe([1]);
        measured.Of("saga.outbox.delivered", "origin=commit").Sum().ShouldBe(2);
    }

    [Theory, EveryDatabase]
    public async Task An_instance_that_was_kept_is_counted_and_so_is_a_stale_one(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        using var measured = new Measurements();
        await using var host = await OrderHost.StartAsync(database, To(measured));
        var id = Guid.NewGuid();
        await host.SendAsync(new SubmitOrder(id, "1"));
        await host.Received.OneAsync<OrderAccepted>();
        await host.AskAsync(db => db.Orders.ExecuteUpdateAsync(row => row.SetProperty(order => order.Version, order => order.Version + 1)));

        await host.SendAsync(new AddItem(id, 5));
        await host.Received.OneAsync<ItemAdded>();

        measured.Of("saga.cache.taken").Sum().ShouldBe(1);
        measured.Of("saga.cache.stale").Sum().ShouldBe(1);
        measured.Of("saga.batch.conflicts").Sum().ShouldBe(1);
        measured.Of("saga.load.instances").Max().ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task A_batch_that_fails_is_counted_as_split_and_its_messages_as_saved_alone(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        using var measured = new Measurements();
        await using var host = await OrderHost.StartAsync(database, To(measured));
        await using var request = host.BeginRequest();
        await request.AddNoteAsync();
        var refused = false;
        host.Traffic.OnCommit = () =>
        {
            if (refused)
                return;
            refused = true;
            throw new InvalidOperationException("The commit is refused.");
        };

        await request.Services.GetRequiredService<GroupSave<OrderDbContext>>().SaveChangesAsync();

        measured.Of("saga.batch.split").Sum().ShouldBe(1);
        measured.Of("saga.batch.alone").Sum().ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task A_duplicate_is_counted(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        using var measured = new Measurements();
        await using var host = await OrderHost.StartAsync(database, To(measured));
        var (messageId, note) = (NewId.NextGuid(), new TakeNote(Guid.NewGuid(), "text"));

        await host.SendAsync(note, context => context.MessageId = messageId);
        await host.Received.OneAsync<NoteTaken>();
        await host.SendAsync(note, context => context.MessageId = messageId);

        await Eventually.TrueAsync("the duplicate", _ => Task.FromResult(measured.Of("saga.inbox.duplicates").Sum() > 0));
    }

    private static HostSettings To(Measurements measured) => new() { Register = bus => bus.AddSingleton<IMeterFactory>(measured) };
}
