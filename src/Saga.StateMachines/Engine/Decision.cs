using System.Collections.Immutable;
using System.Text.Json;

namespace Saga.StateMachines.Engine;

/// <summary>What follows from an event. All of it must be committed together, and the commands sent afterwards.</summary>
public sealed record Decision
{
    /// <summary>The state from now on; the very same object when the event was ignored.</summary>
    public required RunState State { get; init; }

    /// <summary>The commands to send.</summary>
    public ImmutableArray<Dispatch> Commands { get; init; } = [];

    /// <summary>What to write into the ledger, in order.</summary>
    public ImmutableArray<LedgerChange> Ledger { get; init; } = [];

    /// <summary>What to merge into the run's shared context (<see cref="RunContext.Merge"/>), or null when nothing.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Put { get; init; }

    /// <summary>Why the event changed nothing, or null when it was accepted.</summary>
    public IgnoredBecause? Ignored { get; init; }

    internal static Decision Ignore(RunState state, IgnoredBecause reason) => new() { State = state, Ignored = reason };
}
