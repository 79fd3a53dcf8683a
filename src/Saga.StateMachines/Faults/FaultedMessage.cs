using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;
using Saga.Contracts;
using Saga.EntityFrameworkCore.Outbox;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.StateMachine;

namespace Saga.StateMachines.Faults;

/// <summary>A message that could not be handled, as far as it can be read.</summary>
internal sealed record FaultedMessage
{
    public required Guid MessageId { get; init; }

    public required ReceiveContext Received { get; init; }

    public required IReadOnlyList<string> Types { get; init; }

    public required Exception Exception { get; init; }

    public Guid? RunId { get; init; }

    /// <summary>Its JSON; null when it has none.</summary>
    public MessageText? Text { get; init; }

    /// <summary>The name of the queue it came from.</summary>
    public string Queue => Shortened(Received.InputAddress.AbsolutePath.Split('/')[^1]);

    /// <summary>Such as <c>StepCompleted</c>.</summary>
    public string Name
    {
        get
        {
            var name = Types.Count == 0 ? "unknown" : StorableText.From(Types[0].Split(':')[^1]);
            return name.Length <= FaultRow.MaxMessage ? name : StorableText.From(name[..FaultRow.MaxMessage]);
        }
    }

    public string ExceptionName => Shortened(Cause.GetType().FullName!);

    public string Error => StorableText.From(Problem?.Message ?? Cause.Message);

    /// <summary>MassTransit has moved it to the error queue, or is about to.</summary>
    public bool IsMoved { get; init; }

    /// <summary>What is wrong with it; null unless it is a message of the contracts that is not what it has to be.</summary>
    public ProvisioningError? Problem { get; init; }

    /// <summary>Trying again does not help, because what it is made of cannot be read. What cannot be read of what is stored may be mended.</summary>
    public bool IsUnreadable => Problem is not null || Causes.Any(cause => cause is SerializationException || (cause is JsonException && UnreadableMessage.TypeOf(Name) is null));

    private IEnumerable<Exception> Causes
    {
        get
        {
            for (var cause = Exception; cause is not null; cause = cause.InnerException)
                yield return cause;
        }
    }

    private Exception Cause => Exception.GetBaseException();

    /// <summary>One that came to be handled.</summary>
    public static FaultedMessage Of(ConsumeContext context, Exception exception)
    {
        var text = MessageText.Of(context.ReceiveContext.Body);
        var message = new FaultedMessage
        {
            MessageId = IdOf(context.ReceiveContext) ?? context.MessageId ?? NewId.NextGuid(),
            Received = context.ReceiveContext,
            Types = [.. context.SupportedMessageTypes],
            Exception = exception,
            Text = text,
            RunId = context.ReceiveContext.TryGetPayload(out AddressedRun? addressed) ? addressed.RunId : text?.Id("runId"),
        };
        return text is null ? message : message with
        {
            Problem = UnreadableMessage.ProblemOf(message.Name, text),
            RunId = message.RunId ?? (message.Name == nameof(StepAnswers) ? UnreadableAnswers.RunIdIn(text) : null),
        };
    }

    /// <summary>One that came out of its queue and no further.</summary>
    public static FaultedMessage Of(ReceiveContext received, Exception exception) => new()
    {
        MessageId = IdOf(received) ?? received.GetMessageId() ?? NewId.NextGuid(),
        Received = received,
        Types = [],
        Exception = exception,
        RunId = MessageText.Of(received.Body)?.Id("runId"),
        IsMoved = true,
    };

    /// <summary>The id of the message that a redelivery repeats.</summary>
    public static Guid? IdOf(ReceiveContext received) =>
        received.TransportHeaders.TryGetHeader(Redelivery.Header, out var id) && Guid.TryParse(id?.ToString(), out var messageId) ? messageId : null;

    /// <summary>Whether somebody put it back from an error queue, where MassTransit gave it a header.</summary>
    public static bool IsPutBack(ReceiveContext received) => received.TransportHeaders.TryGetHeader("MT-Fault-ExceptionType", out _);

    private static string Shortened(string name) => name.Length <= FaultRow.MaxName ? name : name[^FaultRow.MaxName..];
}
