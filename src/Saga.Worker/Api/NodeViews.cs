using System.Text.Json;

namespace Saga.Worker.Api;

/// <summary>A node of the plan.</summary>
/// <param name="Index">Its position, from 0.</param>
/// <param name="Name">Its name, unique in the run.</param>
/// <param name="Step">The step it executes.</param>
/// <param name="DependsOn">The nodes that must complete before it.</param>
public sealed record PlanNodeView(int Index, string Name, string Step, IReadOnlyList<string> DependsOn);

/// <summary>A command whose answer a run waits for.</summary>
/// <param name="Node">The node.</param>
/// <param name="Step">Its step; the command is in the outbox, on the queue <c>saga-step-{step}</c>, or with a worker.</param>
/// <param name="For"><c>execute</c> or <c>compensate</c>.</param>
/// <param name="Attempt">Which attempt, from 1.</param>
/// <param name="Since">When it was sent.</param>
public sealed record WaitView(string Node, string Step, string For, int Attempt, DateTimeOffset? Since);

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

    /// <summary>The step it executes.</summary>
    public required string Step { get; init; }

    /// <summary>The kind of node.</summary>
    public required string Kind { get; init; }

    /// <summary><c>running</c>, <c>completed</c>, <c>failed</c>, <c>compensating</c>, <c>compensated</c> or <c>compensation_failed</c>.</summary>
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

    /// <summary>When it was first sent.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When its answer was recorded.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}
