namespace Saga.Contracts;

/// <summary>Why the output of a step that did its work is missing.</summary>
public sealed record LostOutput
{
    /// <summary>A short name for programs: <c>invalid_output</c>, <c>invalid_text</c>, <c>value_too_deep</c> or <c>value_too_large</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The fact, the rule and the remedy, for people.</summary>
    public required string Message { get; init; }
}
