using System.Net.Mime;
using MassTransit;
using MassTransit.Serialization;

namespace Saga.Worker.Messaging;

/// <summary>Offers the bus <see cref="PlainJsonDeserializer"/>; what the bus sends itself keeps its envelope.</summary>
internal sealed class PlainJsonFactory : ISerializerFactory
{
    public ContentType ContentType { get; } = new("application/json");

    public IMessageSerializer CreateSerializer() => new SystemTextJsonRawMessageSerializer();

    public IMessageDeserializer CreateDeserializer() => new PlainJsonDeserializer();
}
