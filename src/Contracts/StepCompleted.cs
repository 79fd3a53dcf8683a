using System.Text.Json;

namespace Saga.Contracts;

/// <summary>A step worker's answer: the step did its work. Only the first answer to a dispatch counts; repeats are ignored.</summary>
public sealed record StepCompleted
{
    /// <summary>The run, as in the command.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The node, as in the command.</summary>
    public required string Node { get; init; }

    /// <summary>The attempt, as in the command.</summary>
    public required int Attempt { get; init; }

    /// <summary>The dispatch, as in the command.</summary>
    public required long DispatchId { get; init; }

    /// <summary>What the step returned; it is stored in the ledger and handed back when the step is compensated.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>What the step writes to the run's shared context; a key written before is replaced.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Put { get; init; }
}
