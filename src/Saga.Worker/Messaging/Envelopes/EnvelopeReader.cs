using System.Text.Json;
using MassTransit;
using MassTransit.Metadata;
using MassTransit.Serialization;

namespace Saga.Worker.Messaging.Envelopes;

/// <summary>
/// Reads an envelope in one pass, and of the message only where it is. What is written in an unusual way it does not read, so that MassTransit's own
/// reader says what it means, or what is wrong with it.
/// </summary>
internal ref struct EnvelopeReader
{
    private static readonly RepeatedParts<Uri> _addresses = new(static json =>
        Uri.TryCreate(JsonSerializer.Deserialize<string>(json), UriKind.Absolute, out var address) ? address : null);

    private static readonly RepeatedParts<string[]> _types = new(static json =>
        JsonSerializer.Deserialize<string[]>(json, SystemTextJsonMessageSerializer.Options));

    private static readonly RepeatedParts<HostInfo> _hosts = new(static json =>
        JsonSerializer.Deserialize<HostInfo>(json, SystemTextJsonMessageSerializer.Options));

    private readonly byte[] _body;
    private readonly ReceivedEnvelope _envelope = new();
    private Utf8JsonReader _reader;
    private bool _isUnusual;

    private EnvelopeReader(byte[] body, JsonSerializerOptions options)
    {
        _body = body;
        _reader = new Utf8JsonReader(body, new JsonReaderOptions
        {
            AllowTrailingCommas = options.AllowTrailingCommas,
            CommentHandling = options.ReadCommentHandling,
            MaxDepth = options.MaxDepth,
        });
    }

    /// <summary>The envelope, or null if it is written in an unusual way, or none.</summary>
    public static ReceivedEnvelope? ReadOrNull(byte[] body)
    {
        try
        {
            return new EnvelopeReader(body, SystemTextJsonMessageSerializer.Options).Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private ReceivedEnvelope? Read()
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (!_isUnusual && _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            ReadPart();

        // Reading on fails when something follows the envelope.
        return !_isUnusual && !_reader.Read() && !_envelope.Message.IsEmpty ? _envelope : null;
    }

    // In the order in which they are usually written.
    private void ReadPart()
    {
        if (Next(EnvelopeNames.MessageId))
            _envelope.MessageId = Id();
        else if (Next(EnvelopeNames.RequestId))
            _envelope.RequestId = Id();
        else if (Next(EnvelopeNames.CorrelationId))
            _envelope.CorrelationId = Id();
        else if (Next(EnvelopeNames.ConversationId))
            _envelope.ConversationId = Id();
        else if (Next(EnvelopeNames.InitiatorId))
            _envelope.InitiatorId = Id();
        else if (Next(EnvelopeNames.SourceAddress))
            _envelope.SourceAddress = Repeated(_addresses);
        else if (Next(EnvelopeNames.DestinationAddress))
            _envelope.DestinationAddress = Repeated(_addresses);
        else if (Next(EnvelopeNames.ResponseAddress))
            _envelope.ResponseAddress = Repeated(_addresses);
        else if (Next(EnvelopeNames.FaultAddress))
            _envelope.FaultAddress = Repeated(_addresses);
        else if (Next(EnvelopeNames.MessageType))
            _envelope.MessageTypes = Repeated(_types) ?? [];
        else if (Next(EnvelopeNames.Message))
            _envelope.Message = Object();
        else if (Next(EnvelopeNames.ExpirationTime))
            _envelope.ExpirationTime = Time();
        else if (Next(EnvelopeNames.SentTime))
            _envelope.SentTime = Time();
        else if (Next(EnvelopeNames.Headers))
            _envelope.Headers = Headers();
        else if (Next(EnvelopeNames.Host))
            _envelope.Host = Repeated(_hosts) ?? HostMetadataCache.Empty;
        else
            PassOver();
    }

    private ReadOnlyMemory<byte> Object()
    {
        _isUnusual |= _reader.TokenType != JsonTokenType.StartObject;
        return Value();
    }

    private readonly bool IsNull => _reader.TokenType == JsonTokenType.Null;

    // At the name of a property; if it is this one, then at its value.
    private bool Next(JsonEncodedText name) => _reader.ValueTextEquals(name.EncodedUtf8Bytes) && _reader.Read();

    private Guid? Id()
    {
        if (_reader.TokenType == JsonTokenType.String && _reader.TryGetGuid(out var id))
            return id;
        _isUnusual |= !IsNull;
        return null;
    }

    private DateTime? Time()
    {
        if (_reader.TokenType == JsonTokenType.String && _reader.TryGetDateTime(out var time))
            return time;
        _isUnusual |= !IsNull;
        return null;
    }

    private T? Repeated<T>(RepeatedParts<T> parts)
        where T : class
    {
        if (IsNull)
            return null;
        var part = parts.Of(Value().Span);
        _isUnusual |= part is null;
        return part;
    }

    private Headers Headers()
    {
        var all = JsonSerializer.Deserialize<Dictionary<string, object>>(Value().Span, SystemTextJsonMessageSerializer.Options);
        return all is { Count: > 0 } ? new ReadOnlyDictionaryHeaders(SystemTextJsonMessageSerializer.Instance, all) : EmptyHeaders.Instance;
    }

    // MassTransit does not mind how the name of a property is cased.
    private void PassOver()
    {
        _isUnusual |= EnvelopeNames.IsMeantBy(_reader.GetString()!);
        _reader.Skip();
    }

    private ReadOnlyMemory<byte> Value()
    {
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return _body.AsMemory(start, (int)_reader.BytesConsumed - start);
    }
}
