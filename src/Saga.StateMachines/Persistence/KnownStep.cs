namespace Saga.StateMachines.Persistence;

/// <summary>A step that some worker has announced, whether or not one hosts it now.</summary>
public sealed class KnownStep
{
    /// <summary>The step's name.</summary>
    public string Name { get; set; } = null!;

    /// <summary>True when the step has a compensation of its own.</summary>
    public bool Compensates { get; set; }

    /// <summary>JSON Schema of the input, if announced.</summary>
    public string? InputSchema { get; set; }

    /// <summary>JSON Schema of the output, if announced.</summary>
    public string? OutputSchema { get; set; }

    /// <summary>When it was first announced.</summary>
    public DateTimeOffset FirstAnnouncedAt { get; set; }

    /// <summary>To the minute: when it was last announced.</summary>
    public DateTimeOffset LastAnnouncedAt { get; set; }
}
