using System.Collections.Immutable;

namespace Saga.StateMachines.Engine;

/// <summary>What must be added to the <see cref="RunValues"/> before the event can be applied.</summary>
/// <param name="Nodes">The nodes of which the ledger must be asked what they received and returned.</param>
/// <param name="Inbox">Whether the signals are needed that were received and not consumed.</param>
public sealed record Needs(ImmutableArray<int> Nodes, bool Inbox)
{
    /// <summary>Nothing.</summary>
    public static Needs Nothing { get; } = new([], Inbox: false);

    /// <summary>True when the event can be applied.</summary>
    public bool AreMet => Nodes.IsEmpty && !Inbox;
}
