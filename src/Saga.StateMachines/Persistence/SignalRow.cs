namespace Saga.StateMachines.Persistence;

/// <summary>A signal that a run received.</summary>
public sealed class SignalRow
{
    /// <summary>The run.</summary>
    public Guid RunId { get; set; }

    /// <summary>Which of its signals, from 1, in the order they arrived.</summary>
    public int Number { get; set; }

    /// <summary>Its name.</summary>
    public string Name { get; set; } = null!;

    /// <summary>What it carried, as JSON.</summary>
    public string? Payload { get; set; }

    /// <summary>No other signal of the run has the same; null when the sender gave none.</summary>
    public string? DedupKey { get; set; }

    /// <summary>Who sent it.</summary>
    public string? SentBy { get; set; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>The position of the node that took it; null while none has.</summary>
    public int? ConsumedByNode { get; set; }

    /// <summary>When a node took it.</summary>
    public DateTimeOffset? ConsumedAt { get; set; }
}
