namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// A message that was committed together with a state change and is on its way to the broker. The instance that wrote it delivers and deletes
/// it right after the commit; when that instance dies first, any other sweeps it up once <see cref="DueAt"/> has passed.
/// </summary>
public sealed class OutboxMessage
{
    /// <summary>A version 7 GUID made by the writer, so that rows of one writer sort by the time they were written.</summary>
    public Guid Id { get; set; }

    /// <summary>The transport's address of the endpoint or exchange the message goes to.</summary>
    public required string Destination { get; set; }

    /// <summary>True for an event, which may have no subscriber; false for a command, which must find its queue.</summary>
    public bool IsPublish { get; set; }

    /// <summary>The MIME type of <see cref="Body"/>.</summary>
    public required string ContentType { get; set; }

    /// <summary>The serialized message exactly as the broker gets it.</summary>
    public required byte[] Body { get; set; }

    /// <summary>Ids, addresses, headers and transport properties: see <see cref="StoredProperties"/>.</summary>
    public required string Properties { get; set; }

    /// <summary>When the row was written.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>
    /// When a sweep may take the row: when a scheduled message is due, otherwise once its writer must be dead. Moved ahead by each sweep that
    /// takes it, so that two never deliver it at once.
    /// </summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>When the message is no longer wanted, if ever; a sweep drops it then.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>How many sweeps have taken the row.</summary>
    public int Attempts { get; set; }

    /// <summary>By what a scheduled message can be cancelled; null for one that is delivered right after the commit.</summary>
    public Guid? ScheduleTokenId { get; set; }
}
