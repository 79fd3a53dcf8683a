using System.Text.Json.Serialization;

namespace Saga.Contracts;

/// <summary>A step worker's answer: nothing of the step is left.</summary>
public sealed record StepCompensated
{
    /// <summary>The run, as in the command.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The node, as in the command.</summary>
    public required string Node { get; init; }

    /// <summary>The attempt, as in the command.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public required int Attempt { get; init; }

    /// <summary>The dispatch, as in the command.</summary>
    [JsonConverter(typeof(LargeWholeNumberConverter))]
    public required long DispatchId { get; init; }

    /// <summary>True when the step has no compensation, or found nothing to compensate.</summary>
    public bool NothingToDo { get; init; }
}
