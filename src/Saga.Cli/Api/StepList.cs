namespace Saga.Cli.Api;

/// <summary>The steps that workers have announced.</summary>
internal sealed record StepList
{
    public IReadOnlyList<KnownStep> Steps { get; init => field = value ?? []; } = [];
}

/// <summary>A step that can be named in a plan.</summary>
internal sealed record KnownStep(string Name, bool Compensates, DateTimeOffset? LastAnnouncedAt);
