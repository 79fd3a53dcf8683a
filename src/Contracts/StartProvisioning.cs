using System.Text.Json;

namespace Saga.Contracts;

/// <summary>
/// Asks for a run. Send it to <c>saga-runs</c> or publish it; the answer is a published <see cref="ProvisioningAccepted"/> or
/// <see cref="ProvisioningRejected"/>. Starting the same <see cref="RunId"/> again is harmless: it stays one run.
/// </summary>
public sealed record StartProvisioning
{
    /// <summary>The caller's id for the run. A second start with this id changes nothing.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The steps to execute, one after the other: 1 to 10,000 names of announced steps. A name may appear more than once.</summary>
    public IReadOnlyList<string>? Steps { get; init; }

    /// <summary>What every step of the run receives: any JSON value, at most 1 MiB unless the host allows more. <c>{}</c> when left out.</summary>
    public JsonElement? Input { get; init; }
}
