namespace Saga.Cli.Api;

/// <summary>Something the run waits for: an answer, a moment, signals, or the end of another run.</summary>
internal sealed record Waiting(string? Node, string? Step, string? For, int? Attempt, DateTimeOffset? Since)
{
    public DateTimeOffset? Until { get; init; }

    public IReadOnlyList<string>? Signals { get; init; }

    /// <summary>Whether one of each signal is needed, or any one is enough.</summary>
    public bool All { get; init; }

    public string? ChildRunId { get; init; }

    /// <summary>The message that could not be handled, if it is one.</summary>
    public Faulted? Fault { get; init; }
}
