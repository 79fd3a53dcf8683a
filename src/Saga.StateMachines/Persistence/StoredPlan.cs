namespace Saga.StateMachines.Persistence;

/// <summary>A plan, stored once however many runs follow it, and never changed.</summary>
public sealed class StoredPlan
{
    /// <summary>SHA-256 of <see cref="Body"/> in lower-case hex.</summary>
    public string Hash { get; set; } = null!;

    /// <summary>The plan as canonical JSON.</summary>
    public string Body { get; set; } = null!;

    /// <summary>When a run first followed it.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
