using System.Text.Json;
using MassTransit;

namespace Saga.Benchmarks.Ceiling;

/// <summary>A run in memory: what is needed to send the next command, and gone with its end.</summary>
internal sealed class CeilingRun : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = null!;

    public IReadOnlyList<string> Steps { get; set; } = [];

    public JsonElement Input { get; set; }

    public Dictionary<string, JsonElement> Context { get; } = new(StringComparer.Ordinal);

    /// <summary>The position of the step in flight.</summary>
    public int Current { get; set; }
}
