using System.Text.Json;
using System.Text.Json.Serialization;

namespace Saga.Contracts;

/// <summary>
/// A step worker's answer: the step cannot go on before signals arrive. Nothing is held while it waits; when they are there, or the time is
/// over, the step is executed again, with <see cref="ExecuteStep.Resumption"/>.
/// </summary>
public sealed record StepAwaiting
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

    /// <summary>The names of the signals, at least one.</summary>
    public required IReadOnlyList<string> Signals { get; init; }

    /// <summary>True when one of each is needed; any one is enough otherwise.</summary>
    public bool All { get; init; }

    /// <summary>The longest wait, as an ISO 8601 duration such as <c>PT1H</c>; null waits for ever.</summary>
    public string? Timeout { get; init; }

    /// <summary>What the step wants to be handed when it is executed again.</summary>
    public JsonElement? Snapshot { get; init; }

    /// <summary>What the step writes to the run's shared context; a key written before is replaced.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Put { get; init; }
}
