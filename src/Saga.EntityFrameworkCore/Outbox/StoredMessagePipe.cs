using System.Net.Mime;
using MassTransit;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// Makes a send context carry a stored message: its ids, its headers, and its body byte for byte, neither parsed nor serialized again.
/// A command is sent as mandatory, so that a queue which does not exist yet is an error to try again after, not a lost message.
/// </summary>
internal sealed class StoredMessagePipe(OutboxMessage message, StoredProperties properties, TimeProvider clock) : IPipe<SendContext>
{
    public Task Send(SendContext context)
    {
        properties.CopyTo(context);
        context.Serializer = new StoredBody(new ContentType(message.ContentType), message.Body);

        if (message.ExpiresAt is { } expiresAt)
            context.TimeToLive = expiresAt - clock.GetUtcNow();
        if (!message.IsPublish && !IsAnswer && context is PublishContext command)
            command.Mandatory = true;

        return Task.CompletedTask;
    }

    // Who asked may have gone and taken its queue along; nobody would ever want the answer then.
    private bool IsAnswer => properties is { RequestId: not null, ResponseAddress: null };

    public void Probe(ProbeContext context) => context.CreateFilterScope("stored-message");

    private sealed class StoredBody(ContentType contentType, byte[] body) : IMessageSerializer
    {
        public ContentType ContentType => contentType;

        public MessageBody GetMessageBody<T>(SendContext<T> context)
            where T : class => new BytesMessageBody(body);
    }
}
