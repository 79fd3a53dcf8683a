namespace Saga.Cli.Api;

/// <summary>What a check of a plan found.</summary>
internal sealed record PlanCheck
{
    public bool IsValid { get; init; }

    public int? NodeCount { get; init; }

    public string? Hash { get; init; }

    public IReadOnlyList<ProblemError> Errors { get; init => field = value ?? []; } = [];

    public IReadOnlyList<ProblemError> Warnings { get; init => field = value ?? []; } = [];
}
