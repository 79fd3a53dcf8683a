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

        // The body is serialized first: doing so fills in what the properties copy.
        var body = context.Serializer.GetMessageBody(context).GetBytes();
        var properties = StoredProperties.Of(context);
        var now = clock.GetUtcNow();
        var row = new OutboxMessage
        {
            Id = Guid.CreateVersion7(now),
            Destination = destination.ToString(),
            IsPublish = IsPublish(context, destination),
            ContentType = (context.ContentType ?? context.Serializer.ContentType).ToString(),
            Body = body,
            Properties = properties.ToJson(),
            CreatedAt = now,
            ExpiresAt = now + context.TimeToLive,
        };
        return new CapturedMessage<T>(row, properties, context.Message);
    }

    private bool IsPublish<T>(SendContext<T> context, Uri destination)
        where T : class =>
        context is MassTransit.Context.MessageSendContext<T> { IsPublish: true }
        || PublishAddressOf<T>() == destination;

    private Uri? PublishAddressOf<T>()
        where T : class =>
        _publishAddresses.GetOrAdd(typeof(T), static (_, topology) => topology.TryGetPublishAddress<T>(out var address) ? address : null, bus.Topology);
}
