using System.Net.Mime;
using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;
using Saga.Contracts.Json;

namespace Saga.Worker.Messaging.Envelopes;

/// <summary>Receives messages in MassTransit's envelope, as MassTransit, other services and people write it.</summary>
internal sealed class EnvelopeDeserializer : IMessageDeserializer
{
    private static readonly SystemTextJsonMessageSerializer _massTransits = SystemTextJsonMessageSerializer.Instance;

    public ContentType ContentType => SystemTextJsonMessageSerializer.JsonContentType;

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        new BodyConsumeContext(receiveContext, Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) =>
        EnvelopeReader.ReadOrNull(body.GetBytes()) is { } envelope
            ? new ReceivedMessage(envelope, () => _massTransits.Deserialize(body, headers, destinationAddress))
            : ReadByMassTransit(body, headers, destinationAddress);

    public MessageBody GetMessageBody(string text) => _massTransits.GetMessageBody(text);

    public void Probe(ProbeContext context) => _massTransits.Probe(context);

    private static SerializerContext ReadByMassTransit(MessageBody body, Headers headers, Uri? destination)
    {
        string reason;
        try
        {
            var read = _massTransits.Deserialize(body, headers, destination);
            if (MessageIn(body) is not { ValueKind: not JsonValueKind.Object })
                return read;
            reason = "Its `message` is no JSON object.";
        }
        catch (SerializationException exception)
        {
            // MassTransit tells of a missing message by an argument of its own.
            reason = exception.InnerException is ArgumentNullException ? "It has no `message`." : exception.InnerException?.Message ?? exception.Message;
        }

        // Without an inner exception, because the headers in the error queue are those of the innermost.
        throw new SerializationException(
            $"The body of a message is not the envelope that its content type '{SystemTextJsonMessageSerializer.JsonContentType}' promises. {reason} "
            + "An envelope is a JSON object with `messageType` and `message`. Correct it and send it again, or send plain JSON as 'application/json'.");
    }

    // What is written in an unusual way is rare, so that it may be read once more.
    private static JsonElement? MessageIn(MessageBody body) =>
        JsonElement.Parse(body.GetBytes(), new JsonDocumentOptions { MaxDepth = ValueRule.ReadingDepth }).EnumerateObject()
            .Where(part => part.Name.Equals("message", StringComparison.OrdinalIgnoreCase)).Select(part => (JsonElement?)part.Value).LastOrDefault();
}
