using System.Text.Json;

namespace Saga.Worker.Messaging.Envelopes;

/// <summary>The properties of an envelope, as MassTransit names them.</summary>
internal static class EnvelopeNames
{
    public static readonly JsonEncodedText MessageId = JsonEncodedText.Encode("messageId");
    public static readonly JsonEncodedText RequestId = JsonEncodedText.Encode("requestId");
    public static readonly JsonEncodedText CorrelationId = JsonEncodedText.Encode("correlationId");
    public static readonly JsonEncodedText ConversationId = JsonEncodedText.Encode("conversationId");
    public static readonly JsonEncodedText InitiatorId = JsonEncodedText.Encode("initiatorId");
    public static readonly JsonEncodedText SourceAddress = JsonEncodedText.Encode("sourceAddress");
    public static readonly JsonEncodedText DestinationAddress = JsonEncodedText.Encode("destinationAddress");
    public static readonly JsonEncodedText ResponseAddress = JsonEncodedText.Encode("responseAddress");
    public static readonly JsonEncodedText FaultAddress = JsonEncodedText.Encode("faultAddress");
    public static readonly JsonEncodedText MessageType = JsonEncodedText.Encode("messageType");
    public static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
    public static readonly JsonEncodedText ExpirationTime = JsonEncodedText.Encode("expirationTime");
    public static readonly JsonEncodedText SentTime = JsonEncodedText.Encode("sentTime");
    public static readonly JsonEncodedText Headers = JsonEncodedText.Encode("headers");
    public static readonly JsonEncodedText Host = JsonEncodedText.Encode("host");

    private static readonly HashSet<string> _all = new(
        new[]
        {
            MessageId, RequestId, CorrelationId, ConversationId, InitiatorId, SourceAddress, DestinationAddress, ResponseAddress, FaultAddress,
            MessageType, Message, ExpirationTime, SentTime, Headers, Host,
        }.Select(name => name.Value),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether MassTransit takes this for one of them.</summary>
    public static bool IsMeantBy(string name) => _all.Contains(name);
}
