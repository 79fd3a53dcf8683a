namespace Saga.Contracts;

/// <summary>
/// Published by a step worker when it starts, and again every few seconds while it runs, so that an orchestrator that starts later hears
/// it too. The orchestrator remembers every step ever announced and refuses a plan that names any other.
/// </summary>
public sealed record StepsAnnounced
{
    /// <summary>The worker process, such as <c>host:pid</c>.</summary>
    public required string Worker { get; init; }

    /// <summary>The steps the worker hosts.</summary>
    public required IReadOnlyList<AnnouncedStep> Steps { get; init; }
}
