using System.Collections.Immutable;
using System.Text.Json;

namespace Saga.StateMachines.Engine;

/// <summary>What follows from an event. All of it must be committed together, and the commands sent afterwards.</summary>
public sealed record Decision
{
    /// <summary>The state from now on; the very same object when the event was ignored, or when values are missing.</summary>
    public required RunState State { get; init; }

    /// <summary>What must be known first. When it is not met, nothing else here has a meaning: add it and apply the event again.</summary>
    public Needs Needs { get; init; } = Needs.Nothing;

    /// <summary>The commands to send.</summary>
    public ImmutableArray<Command> Commands { get; init; } = [];

    /// <summary>The nodes whose child runs must be cancelled.</summary>
    public ImmutableArray<int> ChildrenToCancel { get; init; } = [];

    /// <summary>What to write into the ledger, in order.</summary>
    public ImmutableArray<LedgerChange> Ledger { get; init; } = [];

    /// <summary>The signals that nodes were handed, and which node took each.</summary>
    public ImmutableArray<(int Signal, int Node)> Consumed { get; init; } = [];

    /// <summary>What the run's shared context is from now on (<see cref="RunContext.Merge"/>), or null when it stays as it is.</summary>
    public string? Context { get; init; }

    /// <summary>What the run returns, when it has just completed and returns something.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>Why the run that has just completed returns nothing, although its plan says what; null when it does, or has nothing to return.</summary>
    public (string Code, string Message)? OutputLost { get; init; }

    /// <summary>Why the event changed nothing, or null when it was accepted.</summary>
    public IgnoredBecause? Ignored { get; init; }

    internal static Decision Ignore(RunState state, IgnoredBecause reason) => new() { State = state, Ignored = reason };
}
