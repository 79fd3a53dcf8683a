using System.Text.Json;

namespace Saga.Worker.Api;

/// <summary>A node of the plan.</summary>
/// <param name="Index">Its position, from 0.</param>
/// <param name="Name">Its name, unique in the run.</param>
/// <param name="Kind">The kind of node, such as <c>step</c> or <c>route</c>.</param>
/// <param name="Step">The step it executes; null when it is none.</param>
/// <param name="DependsOn">The nodes that must complete before it.</param>
public sealed record PlanNodeView(int Index, string Name, string Kind, string? Step, IReadOnlyList<string> DependsOn);

/// <summary>Something a run waits for.</summary>
public sealed record WaitView
{
    /// <summary>The node; null when it is not one that waits, but a message.</summary>
    public required string? Node { get; init; }

    /// <summary>Its step; null when it is none. Its command is in the outbox, on the queue <c>saga-step-{step}</c>, or with a worker.</summary>
    public string? Step { get; init; }

    /// <summary>
    /// <c>execute</c> or <c>compensate</c>: an answer of the step. <c>retry</c>: the next attempt at <see cref="Until"/>. <c>moment</c>:
    /// <see cref="Until"/>. <c>signal</c>: one of <see cref="Signals"/>, or all. <c>child</c>: the end of <see cref="ChildRunId"/>.
    /// <c>fault</c>: a message that could not be handled, see <see cref="Fault"/>; it is handled again at <see cref="Until"/>, or was given up.
    /// </summary>
    public required string For { get; init; }

    /// <summary>Which attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Until when at most; null when there is no such moment, and when it has come and the node is about to go on.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The names of the signals.</summary>
    public IReadOnlyList<string>? Signals { get; init; }

    /// <summary>Whether one of each signal is needed, or any one is enough.</summary>
    public bool All { get; init; }

    /// <summary>The child run.</summary>
    public Guid? ChildRunId { get; init; }

    /// <summary>The message that could not be handled; null when it is something else that is waited for.</summary>
    public FaultView? Fault { get; init; }
}

/// <summary>A message that could not be handled.</summary>
/// <param name="Message">Its name, such as <c>StepCompleted</c>.</param>
/// <param name="MessageId">Its id.</param>
/// <param name="Exception">The type of the exception that handling it ended with.</param>
/// <param name="Error">What the exception said.</param>
/// <param name="Queue">The queue it came from.</param>
/// <param name="Where">Where it is now: <c>outbox</c>, from where it is handled again, or the name of its error queue.</param>
public sealed record FaultView(string Message, Guid MessageId, string Exception, string Error, string Queue, string Where);

/// <summary>A failure in the ledger.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Message">For people.</param>
public sealed record ErrorView(string Code, string? Message);

/// <summary>How a node was compensated.</summary>
public sealed record CompensationView
{
    /// <summary><c>done</c>, <c>nothing_to_do</c> or <c>failed</c>; null while it is under way.</summary>
    public string? How { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>Why it failed.</summary>
    public ErrorView? Error { get; init; }

    /// <summary>When it was first sent.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its answer was recorded.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>A row of the ledger.</summary>
public sealed record NodeView
{
    /// <summary>Its position in the plan, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Its name, unique in the run.</summary>
    public required string Name { get; init; }

    /// <summary>The step it executes; null when it is none.</summary>
    public string? Step { get; init; }

    /// <summary>The kind of node.</summary>
    public required string Kind { get; init; }

    /// <summary>
    /// <c>pending</c> (an item whose turn has not come), <c>running</c>, <c>waiting</c>, <c>retrying</c>, <c>completed</c>, <c>failed</c>,
    /// <c>skipped</c>, <c>unknown</c>, <c>compensating</c>, <c>compensated</c> or <c>compensation_failed</c>.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>How often it was tried to execute.</summary>
    public required int Attempts { get; init; }

    /// <summary>What the step received.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>What it returned.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>Why it failed.</summary>
    public ErrorView? Error { get; init; }

    /// <summary>How it was compensated; null when it was not.</summary>
    public CompensationView? Compensation { get; init; }

    /// <summary>The run it started as its child.</summary>
    public Guid? ChildRunId { get; init; }

    /// <summary>When it started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its answer was recorded.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}
