using System.Net.Mime;
using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;
using Saga.Contracts;
using Saga.Contracts.Json;

namespace Saga.Worker.Messaging;

/// <summary>
/// Reads plain JSON (content type <c>application/json</c>) from programs that know nothing of MassTransit. What message it is, says the header
/// <c>message-type</c>, or else the exchange it was published to.
/// </summary>
internal sealed class PlainJsonDeserializer : IMessageDeserializer
{
    /// <summary>The header that names the message, such as <c>StartProvisioning</c>.</summary>
    public const string MessageTypeHeader = "message-type";

    private const string Namespace = "Saga.Contracts";

    private static readonly JsonDocumentOptions _reading = new() { MaxDepth = ValueRule.ReadingDepth };

    public ContentType ContentType { get; } = new("application/json");

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        new BodyConsumeContext(receiveContext, Read(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress, ExchangeOf(receiveContext)));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) =>
        Read(body, headers, destinationAddress, exchange: null);

    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public void Probe(ProbeContext context) => context.CreateScope("plain-json").Add("contentType", ContentType.MediaType);

    private SystemTextJsonRawSerializerContext Read(MessageBody body, Headers headers, Uri? destination, string? exchange)
    {
        var type = MessageTypeOf(headers, exchange);
        return new SystemTextJsonRawSerializerContext(
            SystemTextJsonMessageSerializer.Instance,
            SystemTextJsonMessageSerializer.Options,
            ContentType,
            new RawMessageContext(headers, destination, RawSerializerOptions.AddTransportHeaders),
            [$"urn:message:{Namespace}:{type}"],
            RawSerializerOptions.AddTransportHeaders,
            Parse(body, type));
    }

    private static JsonElement Parse(MessageBody body, string type)
    {
        var bytes = body.GetBytes();
        var isText = Utf8Text.TryFind(bytes, $"The body of a plain {type}", out var start, out var problem);
        try
        {
            // Some bytes that are no UTF-8 do not keep it from being read, and refused with an answer.
            var message = JsonElement.Parse(bytes.AsSpan(start), _reading);
            return message.ValueKind == JsonValueKind.Object
                ? message
                : throw new SerializationException($"The body of a plain {type} is JSON, but no object. A message is a JSON object with the properties of a {type}. Correct it and send it again.");
        }
        catch (JsonException exception)
        {
            throw new SerializationException(
                isText ? $"The body of a plain {type} is not JSON: {exception.Message} Correct it and send it again." : problem, exception);
        }
    }

    private static string MessageTypeOf(Headers headers, string? exchange)
    {
        var named = headers.Get<string>(MessageTypeHeader) ?? headers.Get<string>(MessageHeaders.MessageType) ?? exchange;

        // "StartProvisioning", "Saga.Contracts:StartProvisioning" and "urn:message:Saga.Contracts:StartProvisioning" all mean the same.
        var type = named?.Split(';')[0].Split(':')[^1];
        if (type is not null && typeof(StartProvisioning).Assembly.GetType($"{Namespace}.{type}") is not null)
            return type;

        throw new SerializationException($"A plain JSON message names '{named}' as its type. It must name a message of {Namespace}. "
            + $"Set the header '{MessageTypeHeader}', such as 'StartProvisioning', or publish to the exchange '{Namespace}:StartProvisioning'.");
    }

    private static string? ExchangeOf(ReceiveContext context) =>
        context.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery) ? delivery.Exchange : null;
}
