using System.Collections.Concurrent;
using MassTransit;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>Turns what a handler sends or publishes into outbox rows.</summary>
internal sealed class MessageCapture(IBus bus, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Type, Uri?> _publishAddresses = new();

    public CapturedMessage<T> Capture<T>(SendContext<T> context)
        where T : class
    {
        var destination = context.DestinationAddress
            ?? throw new InvalidOperationException($"A message of type {typeof(T)} has no destination address, so the outbox cannot store it.");
        context.MessageId ??= NewId.NextGuid();
        var now = clock.GetUtcNow();
        var dueAt = TakeDelay(context) is { } delay ? now + delay : default;

        // The body is serialized first: doing so fills in what the properties copy.
        var body = context.Serializer.GetMessageBody(context).GetBytes();
        var properties = StoredProperties.Of(context);
        var row = new OutboxMessage
        {
            Id = Guid.CreateVersion7(now),
            Destination = destination.ToString(),
            IsPublish = IsPublish(context, destination),
            ContentType = (context.ContentType ?? context.Serializer.ContentType).ToString(),
            Body = body,
            Properties = properties.ToJson(),
            CreatedAt = now,
            DueAt = dueAt,
            ExpiresAt = (dueAt == default ? now : dueAt) + context.TimeToLive,
            ScheduleTokenId = context.ScheduledMessageId ?? (dueAt == default ? null : NewId.NextGuid()),
        };
        return new CapturedMessage<T>(row, destination, properties, context.Message);
    }

    // The row waits, so the transport must not: most cannot, and those that can would wait once more.
    private static TimeSpan? TakeDelay(SendContext context)
    {
        var delay = context.Delay;
        context.Delay = null;
        return delay > TimeSpan.Zero ? delay : null;
    }

    private bool IsPublish<T>(SendContext<T> context, Uri destination)
        where T : class =>
        context is MassTransit.Context.MessageSendContext<T> { IsPublish: true }
        || PublishAddressOf<T>() == destination;

    private Uri? PublishAddressOf<T>()
        where T : class =>
        _publishAddresses.GetOrAdd(typeof(T), static (_, topology) => topology.TryGetPublishAddress<T>(out var address) ? address : null, bus.Topology);
}
