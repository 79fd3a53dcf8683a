using MassTransit;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>Makes an outbox row of a message as it was received, so that it is delivered again when a time has come.</summary>
public static class Redelivery
{
    /// <summary>The header of such a message that has the id of the message it repeats, which is also its own.</summary>
    public const string Header = "saga-redelivery";

    /// <summary>The row; the caller stores it.</summary>
    /// <param name="received">The message, byte for byte.</param>
    /// <param name="messageId">Its id, or one that it gets.</param>
    /// <param name="destination">Where it is delivered to.</param>
    /// <param name="messageTypes">What it is, as MassTransit names types.</param>
    /// <param name="headers">The headers by which whoever receives it understands it.</param>
    /// <param name="now">The time.</param>
    /// <param name="dueAt">When it is delivered.</param>
    public static OutboxMessage Of(
        ReceiveContext received,
        Guid messageId,
        Uri destination,
        IEnumerable<string> messageTypes,
        IReadOnlyDictionary<string, object?> headers,
        DateTimeOffset now,
        DateTimeOffset dueAt)
    {
        ArgumentNullException.ThrowIfNull(received);
        ArgumentNullException.ThrowIfNull(destination);
        var properties = new StoredProperties
        {
            MessageId = messageId,
            MessageTypes = [.. messageTypes],
            Headers = new Dictionary<string, object?>(headers, StringComparer.Ordinal) { [Header] = messageId.ToString() },
        };
        return new OutboxMessage
        {
            Id = Guid.CreateVersion7(now),
            Destination = destination.ToString(),
            ContentType = received.ContentType.ToString(),
            Body = received.Body.GetBytes(),
            Properties = properties.ToJson(),
            CreatedAt = now,
            DueAt = dueAt,

            // It waits like a message that is scheduled: nobody else takes it before its time.
            ScheduleTokenId = NewId.NextGuid(),
        };
    }
}
