using MassTransit;
using MassTransit.Metadata;
using MassTransit.Serialization;

namespace Saga.Worker.Messaging.Envelopes;

/// <summary>What an envelope says, and where in it the message is.</summary>
internal sealed class ReceivedEnvelope : MessageContext
{
    public Guid? MessageId { get; set; }

    public Guid? RequestId { get; set; }

    public Guid? CorrelationId { get; set; }

    public Guid? ConversationId { get; set; }

    public Guid? InitiatorId { get; set; }

    public Uri? SourceAddress { get; set; }

    public Uri? DestinationAddress { get; set; }

    public Uri? ResponseAddress { get; set; }

    public Uri? FaultAddress { get; set; }

    public DateTime? ExpirationTime { get; set; }

    public DateTime? SentTime { get; set; }

    public Headers Headers { get; set; } = EmptyHeaders.Instance;

    public HostInfo Host { get; set; } = HostMetadataCache.Empty;

    public string[] MessageTypes { get; set; } = [];

    /// <summary>The message, as JSON.</summary>
    public ReadOnlyMemory<byte> Message { get; set; }
}
