using System.Text.Json;
using System.Text.Json.Serialization;

namespace Saga.Contracts;

/// <summary>A step worker's answer: the step did its work. Only the first answer to a dispatch counts; repeats are ignored.</summary>
public sealed record StepCompleted
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

    /// <summary>What the step returned; it is stored in the ledger and handed back when the step is compensated.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>
    /// Why the output is missing; null when it is not. The step did its work, so it cannot have failed; but nobody can go on with what it did. The run walks
    /// back, and compensates the step without an output.
    /// </summary>
    public LostOutput? OutputLost { get; init; }

    /// <summary>What the step writes to the run's shared context; a key written before is replaced.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Put { get; init; }
}
