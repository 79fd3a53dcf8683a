namespace Saga.Contracts;

/// <summary>
/// Answers of one step worker that were ready at the same moment, in one message: the broker and both ends handle one message instead of many.
/// Each counts as if it had come alone, which is how a worker in another language sends it.
/// </summary>
public sealed record StepAnswers
{
    /// <summary>The answers, in the order they were given.</summary>
    public required IReadOnlyList<StepAnswer> Answers { get; init; }
}

/// <summary>One of them: exactly one of the answers is set.</summary>
public sealed record StepAnswer
{
    /// <summary>The step did its work.</summary>
    public StepCompleted? Completed { get; init; }

    /// <summary>The step did not do its work.</summary>
    public StepFailed? Failed { get; init; }

    /// <summary>The step awaits signals.</summary>
    public StepAwaiting? Awaiting { get; init; }

    /// <summary>The step was compensated.</summary>
    public StepCompensated? Compensated { get; init; }

    /// <summary>The step could not be compensated.</summary>
    public StepCompensationFailed? CompensationFailed { get; init; }

    /// <summary>The conversation of the command.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>The span in which the command was handled, as W3C trace context writes it.</summary>
    public string? TraceParent { get; init; }
}
