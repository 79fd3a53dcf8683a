using System.Net.Mime;
using MassTransit;
using MassTransit.Serialization;

namespace Saga.Worker.Messaging.Envelopes;

/// <summary>Sends messages in MassTransit's envelope, as <see cref="EnvelopeWriter"/> writes it.</summary>
internal sealed class EnvelopeSerializer(TimeProvider clock) : IMessageSerializer
{
    public ContentType ContentType => SystemTextJsonMessageSerializer.JsonContentType;

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class => new EnvelopeBody<T>(context, clock);
}
