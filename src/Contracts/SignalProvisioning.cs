using System.Text.Json;

namespace Saga.Contracts;

/// <summary>
/// Tells a run that something happened. It is kept until a node wants it, also when it comes early. A run that has ended or that nobody knows
/// refuses it with <see cref="ProvisioningRejected"/>. Name the run by <see cref="RunId"/> or by <see cref="CorrelationKey"/>.
/// </summary>
public sealed record SignalProvisioning
{
    /// <summary>The run; null when it is named by its key.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The business key of the run; null when it is named by its id.</summary>
    public string? CorrelationKey { get; init; }

    /// <summary>The name of the signal; see <see cref="SignalName"/> for the rule.</summary>
    public required string Name { get; init; }

    /// <summary>What it carries: any JSON value.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>A repeat with the same key changes nothing, however often it is sent: 1 to 200 characters. Null makes each signal a new one.</summary>
    public string? DedupKey { get; init; }

    /// <summary>Who sent it, for people.</summary>
    public string? By { get; init; }
}
