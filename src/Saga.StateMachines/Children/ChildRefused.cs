namespace Saga.StateMachines.Children;

/// <summary>From the orchestrator to itself: a child run could not begin.</summary>
public sealed record ChildRefused
{
    /// <summary>The run that awaits the child.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The position of its node among all nodes of that run.</summary>
    public required int NodeIndex { get; init; }

    /// <summary>A short name of the first problem.</summary>
    public required string Code { get; init; }

    /// <summary>Every problem, for people.</summary>
    public required string Message { get; init; }
}
