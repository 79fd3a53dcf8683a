using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit;
using MassTransit.Context;
using MassTransit.Serialization;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>Everything of a <see cref="SendContext"/> but its body, as JSON, so that a sweep sends exactly what the handler sent.</summary>
internal sealed record StoredProperties
{
    // What is null is left out, and nothing is indented: a row is written with every message.
    private static readonly JsonSerializerOptions _json = new(SystemTextJsonMessageSerializer.Options)
    {
        WriteIndented = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public Guid? MessageId { get; init; }
    public Guid? RequestId { get; init; }
    public Guid? CorrelationId { get; init; }
    public Guid? ConversationId { get; init; }
    public Guid? InitiatorId { get; init; }
    public Uri? SourceAddress { get; init; }
    public Uri? ResponseAddress { get; init; }
    public Uri? FaultAddress { get; init; }
    public string[] MessageTypes { get; init; } = [];
    public Dictionary<string, object?>? Headers { get; init; }
    public Dictionary<string, object?>? Transport { get; init; }

    public static StoredProperties Of(SendContext context)
    {
        Dictionary<string, object?>? headers = null;
        foreach (var (name, value) in context.Headers.GetAll())
            (headers ??= new(StringComparer.Ordinal))[name] = value;

        // In any case, as transports look them up.
        var transport = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        if (context is TransportSendContext transportContext)
            transportContext.WritePropertiesTo(transport!);

        return new StoredProperties
        {
            MessageId = context.MessageId,
            RequestId = context.RequestId,
            CorrelationId = context.CorrelationId,
            ConversationId = context.ConversationId,
            InitiatorId = context.InitiatorId,
            SourceAddress = context.SourceAddress,
            ResponseAddress = context.ResponseAddress,
            FaultAddress = context.FaultAddress,
            MessageTypes = context.SupportedMessageTypes,
            Headers = headers,
            Transport = transport.Count > 0 ? transport : null,
        };
    }

    public static StoredProperties Parse(string json) => JsonSerializer.Deserialize<StoredProperties>(json, _json)!;

    public static StoredProperties? ParseOrNull(string json)
    {
        try
        {
            return Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, _json);

    public void CopyTo(SendContext context)
    {
        context.MessageId = MessageId;
        context.RequestId = RequestId;
        context.CorrelationId = CorrelationId;
        context.ConversationId = ConversationId;
        context.InitiatorId = InitiatorId;
        context.SourceAddress = SourceAddress;
        context.ResponseAddress = ResponseAddress;
        context.FaultAddress = FaultAddress;
        if (MessageTypes.Length > 0)
            context.SupportedMessageTypes = MessageTypes;

        if (Headers is not null)
        {
            foreach (var (name, value) in Headers)
                context.Headers.Set(name, value);
        }

        if (Transport is not null && context is TransportSendContext transportContext)
            transportContext.ReadPropertiesFrom(Transport!);
    }
}
