using System.Net.Mime;
using MassTransit;
using MassTransit.Serialization;

namespace Saga.Worker.Messaging.Envelopes;

/// <summary>Offers the bus MassTransit's envelope, written and read with less work than by MassTransit itself.</summary>
internal sealed class EnvelopeFactory(TimeProvider clock) : ISerializerFactory
{
    public ContentType ContentType => SystemTextJsonMessageSerializer.JsonContentType;

    public IMessageSerializer CreateSerializer() => new EnvelopeSerializer(clock);

    public IMessageDeserializer CreateDeserializer() => new EnvelopeDeserializer();
}
