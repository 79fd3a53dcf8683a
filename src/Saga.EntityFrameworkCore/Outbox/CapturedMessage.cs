using MassTransit;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>An outbox row and how this process delivers it.</summary>
internal abstract class CapturedMessage(OutboxMessage row)
{
    public OutboxMessage Row => row;

    public abstract Task SendAsync(IBus bus, TimeProvider clock, CancellationToken cancellationToken);
}

/// <summary>
/// A message caught in this process. It is delivered as the object it is, so that observers (and the test harness) see what was sent, while
/// the broker gets the stored bytes.
/// </summary>
internal sealed class CapturedMessage<T>(OutboxMessage row, StoredProperties properties, T message) : CapturedMessage(row)
    where T : class
{
    public override async Task SendAsync(IBus bus, TimeProvider clock, CancellationToken cancellationToken)
    {
        var endpoint = Row.IsPublish
            ? await bus.GetPublishSendEndpoint<T>()
            : await bus.GetSendEndpoint(new Uri(Row.Destination));
        await endpoint.Send(message, new StoredMessagePipe(Row, properties, clock), cancellationToken);
    }
}

/// <summary>A message some process left behind: all that is known of it is its row.</summary>
internal sealed class SweptMessage(OutboxMessage row) : CapturedMessage(row)
{
    public override async Task SendAsync(IBus bus, TimeProvider clock, CancellationToken cancellationToken)
    {
        var endpoint = await bus.GetSendEndpoint(new Uri(Row.Destination));
        await endpoint.Send(new StoredMessage(), new StoredMessagePipe(Row, StoredProperties.Parse(Row.Properties), clock), cancellationToken);
    }

    // MassTransit sends objects; what the broker gets is the stored body.
    private sealed class StoredMessage;
}
