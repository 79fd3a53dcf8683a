namespace Saga.EntityFrameworkCore.Inbox;

/// <summary>A message a consumer has consumed, committed together with what it changed and sent, so that a duplicate is known.</summary>
public sealed class InboxState
{
    /// <summary>The id the sender gave the message, which a redelivery keeps.</summary>
    public Guid MessageId { get; set; }

    /// <summary>The consumer and its endpoint: several may consume the same message.</summary>
    public Guid ConsumerId { get; set; }

    /// <summary>When it was consumed; it is forgotten once that is longer ago than the window.</summary>
    public DateTimeOffset ConsumedAt { get; set; }
}
