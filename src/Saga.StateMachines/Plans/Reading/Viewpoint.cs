namespace Saga.StateMachines.Plans.Reading;

/// <summary>From where a template looks at the plan: it decides what its names mean.</summary>
/// <param name="Body">The body whose names it sees first.</param>
/// <param name="Node">The node of that body that reads; null when the body itself does, for its output.</param>
internal sealed record Viewpoint(DraftBody Body, DraftNode? Node)
{
    /// <summary>True for the input of a compensation: it sees the node's own output, and adds no dependency.</summary>
    public bool IsCompensation { get; init; }

    /// <summary>True for the condition that ends a loop: it sees the iteration's output, and the nodes around the loop.</summary>
    public bool IsUntil { get; init; }
}
