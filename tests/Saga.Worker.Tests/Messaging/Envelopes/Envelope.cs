using System.Text;
using System.Text.Json;
using MassTransit;
using MassTransit.Context;
using MassTransit.Serialization;
using Saga.Contracts;
using Saga.Worker.Messaging.Envelopes;

namespace Saga.Worker.Tests.Messaging.Envelopes;

/// <summary>Envelopes, written and read by this worker and by MassTransit itself.</summary>
internal static class Envelope
{
    private static readonly EnvelopeFactory _ours = new(TimeProvider.System);

    public static SignalProvisioning Signal(string payload = """{"by":"kim"}""") =>
        new() { RunId = Guid.Parse("01a20108-2cb7-7e13-8e42-9f9c49abc302"), Name = "approved", Payload = JsonElement.Parse(payload) };

    /// <summary>Says everything an envelope can.</summary>
    public static MessageSendContext<SignalProvisioning> FullContext()
    {
        var context = new MessageSendContext<SignalProvisioning>(Signal())
        {
            RequestId = Guid.NewGuid(),
            CorrelationId = Guid.NewGuid(),
            ConversationId = Guid.NewGuid(),
            InitiatorId = Guid.NewGuid(),
            SourceAddress = new Uri("rabbitmq://kim@broker:5672/vhost/source?temporary=true&x=%C3%A9"),
            DestinationAddress = new Uri("rabbitmq://broker/saga-runs"),
            ResponseAddress = new Uri("loopback://localhost/response"),
            FaultAddress = new Uri("queue:faults"),
            SupportedMessageTypes = ["urn:message:Saga.Contracts:SignalProvisioning", "urn:message:Other:Signal[[Saga.Contracts:It]]"],
            TimeToLive = TimeSpan.FromDays(1),
        };
        context.Headers.Set("text", "Grüße \"<&>\"");
        context.Headers.Set("whole", 42L);
        context.Headers.Set("part", 0.5);
        context.Headers.Set("money", 12.30m);
        context.Headers.Set("yes", true);
        context.Headers.Set("id", Guid.Parse("01a20108-2cb7-7e13-8e42-9f9c49abc302"));
        context.Headers.Set("when", new DateTime(2026, 11, 22, 2, 14, 4, DateTimeKind.Utc));
        context.Headers.Set("address", new Uri("queue:somewhere"));
        context.Headers.Set("list", new[] { 1, 2, 3 });
        context.Headers.Set("object", new { inner = new { deep = "x" } });
        return context;
    }

    /// <summary>Says nothing that can be left out.</summary>
    public static MessageSendContext<SignalProvisioning> EmptyContext() => new(Signal()) { MessageId = null };

    public static byte[] ByUs<T>(SendContext<T> context, TimeProvider? clock = null)
        where T : class => new EnvelopeSerializer(clock ?? TimeProvider.System).GetMessageBody(context).GetBytes();

    public static byte[] ByMassTransit<T>(SendContext<T> context)
        where T : class => SystemTextJsonMessageSerializer.Instance.GetMessageBody<T>(context).GetBytes();

    public static SerializerContext OpenedByUs(byte[] envelope) =>
        _ours.CreateDeserializer().Deserialize(new BytesMessageBody(envelope), EmptyHeaders.Instance);

    public static SerializerContext OpenedByUs(string envelope) => OpenedByUs(Encoding.UTF8.GetBytes(envelope));

    public static SerializerContext OpenedByMassTransit(byte[] envelope) =>
        SystemTextJsonMessageSerializer.Instance.Deserialize(new BytesMessageBody(envelope), EmptyHeaders.Instance);

    /// <summary>Everything an opened envelope says, but when it expires: that is reckoned from when it was written.</summary>
    public static string SaidBy(SerializerContext opened)
    {
        opened.TryGetMessage<SignalProvisioning>(out var message);
        return JsonSerializer.Serialize(
            new
            {
                opened.MessageId,
                opened.RequestId,
                opened.CorrelationId,
                opened.ConversationId,
                opened.InitiatorId,
                opened.SourceAddress,
                opened.DestinationAddress,
                opened.ResponseAddress,
                opened.FaultAddress,
                opened.SentTime,
                Expires = opened.ExpirationTime is not null,
                opened.SupportedMessageTypes,
                Headers = opened.Headers.GetAll().Select(header => $"{header.Key} {header.Value?.GetType()} {JsonSerializer.Serialize(header.Value)}"),
                opened.Host.MachineName,
                opened.Host.ProcessName,
                opened.Host.ProcessId,
                Message = message,
            });
    }
}
