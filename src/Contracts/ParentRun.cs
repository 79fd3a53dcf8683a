namespace Saga.Contracts;

/// <summary>The run and the node that started a child.</summary>
public sealed record ParentRun
{
    /// <summary>The run that awaits the child.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The position of its node among all nodes of that run, from 0.</summary>
    public required int NodeIndex { get; init; }

    /// <summary>The name of its node.</summary>
    public required string Node { get; init; }
}
