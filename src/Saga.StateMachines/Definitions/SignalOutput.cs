namespace Saga.StateMachines.Definitions;

/// <summary>The output of a wait for signals.</summary>
/// <typeparam name="TSignal">The type of their payload.</typeparam>
public sealed record SignalOutput<TSignal>
{
    /// <summary>The name of the first that came; null when none did.</summary>
    public required string? Name { get; init; }

    /// <summary>Its payload; null when none came, unless there is a default.</summary>
    public required TSignal? Payload { get; init; }

    /// <summary>Whether the time was over first.</summary>
    public required bool TimedOut { get; init; }

    /// <summary>All that came, in their order.</summary>
    public required IReadOnlyList<ReceivedSignal<TSignal>> Signals { get; init; }
}

/// <summary>A signal that came.</summary>
/// <typeparam name="TSignal">The type of its payload.</typeparam>
public sealed record ReceivedSignal<TSignal>
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it carried.</summary>
    public required TSignal? Payload { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
