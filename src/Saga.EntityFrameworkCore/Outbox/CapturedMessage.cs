using MassTransit;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>An outbox row and how this process delivers it.</summary>
internal abstract class CapturedMessage(OutboxMessage row)
{
    public OutboxMessage Row => row;

    /// <summary>Null when the row has none that can be read.</summary>
    public abstract StoredProperties? Properties { get; }

    /// <summary>True when the row waits for its due time, so that a sweep delivers it and not the commit.</summary>
    public virtual bool IsScheduled => false;

    /// <summary>True when a sweep delivers it.</summary>
    public virtual bool IsSwept => false;

    public abstract Task SendAsync(IBus bus, TimeProvider clock, CancellationToken cancellationToken);
}

/// <summary>
/// A message caught in this process. It is delivered as the object it is, so that observers (and the test harness) see what was sent, while
/// the broker gets the stored bytes.
/// </summary>
internal sealed class CapturedMessage<T>(OutboxMessage row, Uri destination, StoredProperties properties, T message) : CapturedMessage(row)
    where T : class
{
    public override StoredProperties? Properties => properties;

    // Only a message that is scheduled has its due time before it is stored.
    public override bool IsScheduled { get; } = row.DueAt != default;

    public override async Task SendAsync(IBus bus, TimeProvider clock, CancellationToken cancellationToken)
    {
        var endpoint = Row.IsPublish
            ? await bus.GetPublishSendEndpoint<T>()
            : await bus.GetSendEndpoint(destination);
        await endpoint.Send(message, new StoredMessagePipe(Row, properties, clock), cancellationToken);
    }
}

/// <summary>A message some process left behind: all that is known of it is its row.</summary>
internal sealed class SweptMessage(OutboxMessage row) : CapturedMessage(row)
{
    public override StoredProperties? Properties { get; } = StoredProperties.ParseOrNull(row.Properties);

    public override bool IsSwept => true;

    public override async Task SendAsync(IBus bus, TimeProvider clock, CancellationToken cancellationToken)
    {
        var endpoint = await bus.GetSendEndpoint(new Uri(Row.Destination));
        await endpoint.Send(new StoredMessage(), new StoredMessagePipe(Row, Properties ?? StoredProperties.Parse(Row.Properties), clock), cancellationToken);
    }

    // MassTransit sends objects; what the broker gets is the stored body.
    private sealed class StoredMessage;
}
