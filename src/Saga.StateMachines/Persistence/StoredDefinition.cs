namespace Saga.StateMachines.Persistence;

/// <summary>A plan under a name: what a start by kind and version follows. It never changes; a change is a new version.</summary>
public sealed class StoredDefinition
{
    /// <summary>The kind.</summary>
    public string Kind { get; set; } = null!;

    /// <summary>The version, from 1.</summary>
    public int Version { get; set; }

    /// <summary>The hash of its plan.</summary>
    public string PlanHash { get; set; } = null!;

    /// <summary>When it was registered.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
