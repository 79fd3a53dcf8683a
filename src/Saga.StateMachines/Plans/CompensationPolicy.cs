namespace Saga.StateMachines.Plans;

/// <summary>How a step is compensated.</summary>
public sealed record CompensationPolicy
{
    /// <summary>By a command with the execution's input.</summary>
    public static CompensationPolicy Default { get; } = new();

    /// <summary>Whether it can be compensated, and needs to be.</summary>
    public CompensationMode Mode { get; init; }

    /// <summary>What the command carries as input; null is the input of the execution. It may refer to the node's own output.</summary>
    public Template? Input { get; init; }

    /// <summary>When a compensation that failed for technical reasons is tried again.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.ForCompensation;
}
