using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;
using Saga.EntityFrameworkCore.Outbox;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.StateMachine;

namespace Saga.StateMachines.Faults;

/// <summary>A message that could not be handled, as far as it can be read.</summary>
internal sealed record FaultedMessage
{
    private static readonly JsonDocumentOptions _deep = new() { MaxDepth = 10_000 };

    public required Guid MessageId { get; init; }

    public required ReceiveContext Received { get; init; }

    public required IReadOnlyList<string> Types { get; init; }

    public required Exception Exception { get; init; }

    public Guid? RunId { get; init; }

    /// <summary>The name of the queue it came from.</summary>
    public string Queue => Shortened(Received.InputAddress.AbsolutePath.Split('/')[^1]);

    /// <summary>Such as <c>StepCompleted</c>.</summary>
    public string Name => Types.Count == 0 ? "unknown" : Types[0].Split(':')[^1] is var name && name.Length <= FaultRow.MaxMessage ? name : name[..FaultRow.MaxMessage];

    public string ExceptionName => Shortened(Cause.GetType().FullName!);

    public string Error => StorableText.From(Cause.Message);

    /// <summary>MassTransit has moved it to the error queue, or is about to.</summary>
    public bool IsMoved { get; init; }

    /// <summary>Trying again does not help, because what it is made of cannot be read.</summary>
    public bool IsUnreadable
    {
        get
        {
            for (var cause = Exception; cause is not null; cause = cause.InnerException)
            {
                if (cause is SerializationException or JsonException)
                    return true;
            }

            return false;
        }
    }

    private Exception Cause => Exception.GetBaseException();

    /// <summary>One that came to be handled.</summary>
    public static FaultedMessage Of(ConsumeContext context, Exception exception) => new()
    {
        MessageId = IdOf(context.ReceiveContext) ?? context.MessageId ?? NewId.NextGuid(),
        Received = context.ReceiveContext,
        Types = [.. context.SupportedMessageTypes],
        Exception = exception,
        RunId = context.ReceiveContext.TryGetPayload(out AddressedRun? addressed) ? addressed.RunId : RunIdIn(context.ReceiveContext.Body),
    };

    /// <summary>One that came out of its queue and no further.</summary>
    public static FaultedMessage Of(ReceiveContext received, Exception exception) => new()
    {
        MessageId = IdOf(received) ?? received.GetMessageId() ?? NewId.NextGuid(),
        Received = received,
        Types = [],
        Exception = exception,
        RunId = RunIdIn(received.Body),
        IsMoved = true,
    };

    /// <summary>The id of the message that a redelivery repeats.</summary>
    public static Guid? IdOf(ReceiveContext received) =>
        received.TransportHeaders.TryGetHeader(Redelivery.Header, out var id) && Guid.TryParse(id?.ToString(), out var messageId) ? messageId : null;

    private static Guid? RunIdIn(MessageBody body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.GetBytes(), _deep);
            var root = document.RootElement;
            return RunIdOf(Property(root, "message") is { ValueKind: JsonValueKind.Object } message ? message : root);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Guid? RunIdOf(JsonElement message) =>
        Property(message, "runId") is { ValueKind: JsonValueKind.String } id && id.TryGetGuid(out var runId) ? runId : null;

    private static JsonElement? Property(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }

        return null;
    }

    private static string Shortened(string name) => name.Length <= FaultRow.MaxName ? name : name[^FaultRow.MaxName..];
}
