using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Delivery;

public sealed class When_a_message_is_delivered(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task It_carries_what_the_handler_gave_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var sent = await SendNoteAsync(host);

        ShouldCarryEverything(await host.Received.OneAsync<FileNote>(), sent);
        TransportShouldKnow(host);
    }

    [Theory, EveryDatabase]
    public async Task It_carries_the_same_when_another_process_delivers_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        SentNote sent;
        await using (var dying = await OrderHost.StartAsync(database, HostSettings.DeliveringNothing))
        {
            sent = await SendNoteAsync(dying);
            await dying.SeeRowsLeftBehindAsync(2);
        }

        await using var other = await OrderHost.StartAsync(database, HostSettings.Sweeping);

        ShouldCarryEverything(await other.Received.OneAsync<FileNote>(), sent);
        TransportShouldKnow(other);
        (await other.Received.OneAsync<NoteTaken>()).ConversationId.ShouldBe(sent.ConversationId);
    }

    [Theory, EveryDatabase]
    public async Task The_test_harness_sees_it_as_what_it_is(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = Guid.NewGuid();

        await host.SendAsync(new SubmitOrder(id, "1"));

        (await host.Harness.Published.Any<OrderAccepted>(message => message.Context.Message.OrderId == id)).ShouldBeTrue();
        (await host.Harness.Sent.Any<PackOrder>(message => message.Context.Message.OrderId == id)).ShouldBeTrue();
        (await host.Harness.Consumed.Any<SubmitOrder>()).ShouldBeTrue();
    }

    private static async Task<SentNote> SendNoteAsync(OrderHost host)
    {
        var sent = new SentNote(Guid.NewGuid(), NewId.NextGuid(), NewId.NextGuid());
        await host.SendAsync(new TakeNote(sent.NoteId, "text"), context =>
        {
            context.ConversationId = sent.ConversationId;
            context.CorrelationId = sent.CorrelationId;
        });
        return sent;
    }

    private static void ShouldCarryEverything(ConsumeContext<FileNote> received, SentNote sent)
    {
        received.Message.NoteId.ShouldBe(sent.NoteId);
        received.MessageId.ShouldNotBeNull();
        received.CorrelationId.ShouldBe(sent.NoteId);
        received.ConversationId.ShouldBe(sent.ConversationId);
        received.InitiatorId.ShouldBe(sent.CorrelationId);
        received.SourceAddress.ShouldBe(new Uri("loopback://localhost/notes"));
        received.ResponseAddress.ShouldBe(new Uri("loopback://localhost/answers"));
        received.FaultAddress.ShouldBe(new Uri("loopback://localhost/complaints"));
        received.Headers.Get<string>("Colour").ShouldBe("blue");
        received.Headers.Get<int>("Copies").ShouldBe(3);
        received.ExpirationTime.ShouldNotBeNull().ShouldBe(DateTime.UtcNow.AddHours(1), TimeSpan.FromMinutes(30));
    }

    // The envelope in the body says most of it too, but a receiver without MassTransit reads only these.
    private static void TransportShouldKnow(OrderHost host)
    {
        var delivered = host.Traffic.Delivered.Single(context => context.DestinationAddress!.AbsolutePath == "/filing");
        delivered.Headers.Get<string>("Colour").ShouldBe("blue");
        delivered.Headers.Get<int>("Copies").ShouldBe(3);
        delivered.CorrelationId.ShouldNotBeNull();
        delivered.TimeToLive.ShouldNotBeNull().ShouldBe(TimeSpan.FromHours(1), TimeSpan.FromMinutes(30));
    }

    private sealed record SentNote(Guid NoteId, Guid ConversationId, Guid CorrelationId);
}
