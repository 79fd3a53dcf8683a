namespace Saga.StateMachines.Pictures;

/// <summary>How a node is drawn.</summary>
/// <param name="Fill">The colour of its box, or of the line of its frame; null is plain.</param>
/// <param name="Remark">A line more in its label.</param>
/// <param name="IsFaint">Whether it is drawn with dashes: it did not happen, or not yet.</param>
internal sealed record Look(string? Fill, string? Remark, bool IsFaint)
{
    public static Look Plain { get; } = new(null, null, IsFaint: false);
}
