namespace Saga.Cli.Api;

/// <summary>Some runs, newest first, and the cursor to those before them.</summary>
internal sealed record RunPage
{
    public IReadOnlyList<RunSummary> Runs { get; init => field = value ?? []; } = [];

    public string? Next { get; init; }
}
