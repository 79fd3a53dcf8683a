namespace Saga.StateMachines.Persistence;

/// <summary>A message that could not be handled, and what becomes of it. The row goes when the message has been handled.</summary>
public sealed class FaultRow
{
    internal const int MaxMessage = 128;
    internal const int MaxName = 256;

    /// <summary>The message's id.</summary>
    public Guid MessageId { get; set; }

    /// <summary>The run it was for; null when it cannot be told.</summary>
    public Guid? RunId { get; set; }

    /// <summary>The name of the message, such as <c>StepCompleted</c>.</summary>
    public string Message { get; set; } = null!;

    /// <summary>The queue it came from.</summary>
    public string Queue { get; set; } = null!;

    /// <summary>The type of the exception that handling it ended with last.</summary>
    public string Exception { get; set; } = null!;

    /// <summary>What that exception said.</summary>
    public string Error { get; set; } = null!;

    /// <summary>When it could not be handled for the first time.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>When it could not be handled the last time.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>How often it could not be handled.</summary>
    public int Tries { get; set; }

    /// <summary>When it is handled again by itself; null when it was given up.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>The row of the outbox that has it; null when it is in the error queue of its queue.</summary>
    public Guid? OutboxId { get; set; }
}
