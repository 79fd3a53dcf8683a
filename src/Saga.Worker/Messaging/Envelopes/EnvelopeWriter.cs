using System.Buffers;
using System.Text.Json;
using MassTransit;
using MassTransit.Metadata;
using MassTransit.Serialization;

namespace Saga.Worker.Messaging.Envelopes;

/// <summary>
/// Writes a message and its envelope in one pass. What is null is left out, which to MassTransit is the same, and of the host there is what names
/// the process.
/// </summary>
internal static class EnvelopeWriter
{
    // A large message leaves a large buffer, which a thread must not keep for good.
    private const int LargestKept = 64 * 1024;
    private const int DefaultDepth = 64;

    private static readonly byte[] _host = HostOf(HostMetadataCache.Host);

    [ThreadStatic]
    private static Sheet? _kept;

    public static byte[] Write(SendContext context, object message, TimeProvider clock)
    {
        var options = SystemTextJsonMessageSerializer.Options;
        var sheet = _kept is { } kept && kept.Options == options ? kept : new Sheet(options);

        // What fails leaves half an envelope behind, so it is kept again only at the end.
        _kept = null;
        Write(sheet.Writer, context, message, options, clock);
        sheet.Writer.Flush();
        var bytes = sheet.Buffer.WrittenSpan.ToArray();

        if (sheet.Buffer.Capacity <= LargestKept)
        {
            sheet.Buffer.ResetWrittenCount();
            sheet.Writer.Reset();
            _kept = sheet;
        }

        return bytes;
    }

    private static void Write(Utf8JsonWriter writer, SendContext context, object message, JsonSerializerOptions options, TimeProvider clock)
    {
        writer.WriteStartObject();
        WriteId(writer, EnvelopeNames.MessageId, context.MessageId);
        WriteId(writer, EnvelopeNames.RequestId, context.RequestId);
        WriteId(writer, EnvelopeNames.CorrelationId, context.CorrelationId);
        WriteId(writer, EnvelopeNames.ConversationId, context.ConversationId);
        WriteId(writer, EnvelopeNames.InitiatorId, context.InitiatorId);
        WriteAddress(writer, EnvelopeNames.SourceAddress, context.SourceAddress);
        WriteAddress(writer, EnvelopeNames.DestinationAddress, context.DestinationAddress);
        WriteAddress(writer, EnvelopeNames.ResponseAddress, context.ResponseAddress);
        WriteAddress(writer, EnvelopeNames.FaultAddress, context.FaultAddress);

        writer.WriteStartArray(EnvelopeNames.MessageType);
        foreach (var type in context.SupportedMessageTypes)
            writer.WriteStringValue(type);
        writer.WriteEndArray();

        // By its own type, not the one it is sent as: an interface has fewer properties than what implements it.
        writer.WritePropertyName(EnvelopeNames.Message);
        JsonSerializer.Serialize(writer, message, message.GetType(), options);

        if (context.TimeToLive is { } timeToLive)
            writer.WriteString(EnvelopeNames.ExpirationTime, clock.GetUtcNow().UtcDateTime + timeToLive);
        writer.WriteString(EnvelopeNames.SentTime, context.SentTime ?? clock.GetUtcNow().UtcDateTime);
        WriteHeaders(writer, context.Headers, options);
        writer.WritePropertyName(EnvelopeNames.Host);
        writer.WriteRawValue(_host, skipInputValidation: true);
        writer.WriteEndObject();
    }

    private static void WriteId(Utf8JsonWriter writer, JsonEncodedText name, Guid? id)
    {
        if (id is { } known)
            writer.WriteString(name, known);
    }

    private static void WriteAddress(Utf8JsonWriter writer, JsonEncodedText name, Uri? address)
    {
        if (address is not null)
            writer.WriteString(name, address.ToString());
    }

    // MassTransit's converter for dictionaries knows how it writes a header of each type.
    private static void WriteHeaders(Utf8JsonWriter writer, SendHeaders headers, JsonSerializerOptions options)
    {
        Dictionary<string, object>? all = null;
        foreach (var (name, value) in headers.GetAll())
            (all ??= new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase))[name] = value;
        if (all is null)
            return;

        writer.WritePropertyName(EnvelopeNames.Headers);
        JsonSerializer.Serialize(writer, all, options);
    }

    private static byte[] HostOf(HostInfo host) => JsonSerializer.SerializeToUtf8Bytes(
        new { host.MachineName, host.ProcessName, host.ProcessId }, JsonSerializerOptions.Web);

    private sealed class Sheet
    {
        public Sheet(JsonSerializerOptions options)
        {
            Options = options;
            Writer = new Utf8JsonWriter(Buffer, new JsonWriterOptions
            {
                Encoder = options.Encoder,
                MaxDepth = options.MaxDepth == 0 ? DefaultDepth : options.MaxDepth,
                SkipValidation = true,
            });
        }

        public JsonSerializerOptions Options { get; }

        public ArrayBufferWriter<byte> Buffer { get; } = new(4096);

        public Utf8JsonWriter Writer { get; }
    }
}
