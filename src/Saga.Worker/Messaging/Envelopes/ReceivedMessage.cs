using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using MassTransit.Serialization;

namespace Saga.Worker.Messaging.Envelopes;

/// <summary>
/// A message that came in an envelope: it becomes an object straight from the bytes, when a consumer wants it. Whatever is wanted rarely, such as sending
/// it on, is left to MassTransit's own context, which is made for it of the same body.
/// </summary>
internal sealed class ReceivedMessage(ReceivedEnvelope envelope, Func<SerializerContext> readByMassTransit)
    : BaseSerializerContext(SystemTextJsonMessageSerializer.Instance, envelope, envelope.MessageTypes)
{
    private SerializerContext? _massTransits;

    private SerializerContext MassTransits => _massTransits ??= readByMassTransit();

    public override bool TryGetMessage<T>([NotNullWhen(true)] out T? message)
        where T : class
    {
        if (typeof(T) == typeof(JsonObject))
            return MassTransits.TryGetMessage(out message);

        message = IsSupportedMessageType<T>()
            ? JsonSerializer.Deserialize<T>(envelope.Message.Span, SystemTextJsonMessageSerializer.Options)
            : null;
        return message is not null;
    }

    public override bool TryGetMessage(Type messageType, [NotNullWhen(true)] out object? message)
    {
        message = JsonSerializer.Deserialize(envelope.Message.Span, messageType, SystemTextJsonMessageSerializer.Options);
        return message is not null;
    }

    public override bool IsSupportedMessageType<T>() => IsOneOfThem(MessageUrn.ForTypeString<T>());

    public override bool IsSupportedMessageType(Type messageType) => IsOneOfThem(MessageUrn.ForTypeString(messageType));

    public override IMessageSerializer GetMessageSerializer() => MassTransits.GetMessageSerializer();

    public override IMessageSerializer GetMessageSerializer<T>(MessageEnvelope envelope, T message) =>
        MassTransits.GetMessageSerializer(envelope, message);

    public override IMessageSerializer GetMessageSerializer(object message, string[] messageTypes) =>
        MassTransits.GetMessageSerializer(message, messageTypes);

    public override Dictionary<string, object> ToDictionary<T>(T? message)
        where T : class => MassTransits.ToDictionary(message);

    private bool IsOneOfThem(string type)
    {
        foreach (var supported in SupportedMessageTypes)
        {
            if (type.Equals(supported, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
