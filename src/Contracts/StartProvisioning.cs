using System.Text.Json;
using System.Text.Json.Serialization;

namespace Saga.Contracts;

/// <summary>
/// Asks for a run. Send it to <c>saga-runs</c> or publish it; the answer is a published <see cref="ProvisioningAccepted"/> or
/// <see cref="ProvisioningRejected"/>. Starting the same <see cref="RunId"/> again is harmless: it stays one run.
/// </summary>
public sealed record StartProvisioning
{
    /// <summary>The caller's id for the run. A second start with this id changes nothing.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The kind of the registered definition to follow. Exactly one of <see cref="Kind"/>, <see cref="Steps"/> and <see cref="Plan"/> is given.</summary>
    public string? Kind { get; init; }

    /// <summary>The version of the definition, from 1; null is the latest. Only with <see cref="Kind"/>.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public int? Version { get; init; }

    /// <summary>A plan document of the run's own: see <c>docs/plans.md</c>.</summary>
    public JsonElement? Plan { get; init; }

    /// <summary>The steps to execute, one after the other: 1 to 10,000 names of announced steps. A name may appear more than once.</summary>
    public IReadOnlyList<string>? Steps { get; init; }

    /// <summary>
    /// What every step of the run receives: any JSON value, at most 1 MiB unless the host allows more. <c>{}</c> when left out, which is C#'s null;
    /// JSON's null is a value.
    /// </summary>
    [JsonConverter(typeof(ExplicitNullConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Input { get; init; }

    /// <summary>
    /// A business key of the run, such as an order number: 1 to 200 characters. Commands can name the run by it, and a second run with the key is
    /// refused while the first is in one of the statuses of <see cref="CorrelationScope"/>; the refusal names the occupant.
    /// </summary>
    public string? CorrelationKey { get; init; }

    /// <summary>
    /// The statuses in which the run keeps its key to itself. Left out: while it is live, that is <c>pending</c>, <c>running</c> or
    /// <c>compensating</c>. A status it has left does not count again.
    /// </summary>
    public IReadOnlyList<string>? CorrelationScope { get; init; }

    /// <summary>The run of which this is a child, when another run started it.</summary>
    public ParentRun? Parent { get; init; }
}
