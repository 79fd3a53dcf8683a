using System.Collections.Immutable;
using System.Text.Json;

namespace Saga.StateMachines.Plans;

/// <summary>Waits for signals.</summary>
public sealed record SignalNode(int Index, string Name, ImmutableArray<int> DependsOn) : PlanNode(Index, Name, DependsOn)
{
    /// <inheritdoc/>
    public override string Kind => "signal";

    /// <summary>The names of the signals.</summary>
    public required ImmutableArray<string> Names { get; init; }

    /// <summary>Whether one of each is needed, or any one is enough.</summary>
    public bool WaitsForAll { get; init; }

    /// <summary>The longest wait: an ISO 8601 duration; null waits for ever.</summary>
    public Template? Timeout { get; init; }

    /// <summary>What follows when it waited in vain.</summary>
    public SignalTimeout OnTimeout { get; init; }

    /// <summary>The payload in place of one that did not come in time, for <see cref="SignalTimeout.Default"/>.</summary>
    public JsonElement? Default { get; init; }
}
