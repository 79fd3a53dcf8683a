using System.Text.Json;

namespace Saga.Contracts;

/// <summary>
/// Tells a step worker to execute a step. Sent to <c>saga-step-{step}</c>; answered with <see cref="StepCompleted"/>,
/// <see cref="StepFailed"/> or <see cref="StepAwaiting"/> to <see cref="AnswerTo"/>. It may be delivered more than once, always with the same <see cref="IdempotencyKey"/>.
/// </summary>
public sealed record ExecuteStep
{
    /// <summary>The run the step belongs to.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The node of the plan, unique within the run. The answer repeats it.</summary>
    public required string Node { get; init; }

    /// <summary>The position of the node in its plan, from 0.</summary>
    public required int NodeIndex { get; init; }

    /// <summary>The name of the step to execute.</summary>
    public required string Step { get; init; }

    /// <summary>Which attempt this is, from 1. The answer repeats it.</summary>
    public required int Attempt { get; init; }

    /// <summary>Tells this dispatch from every other of the run, from 1. The answer repeats it.</summary>
    public required long DispatchId { get; init; }

    /// <summary>The same for every attempt and every delivery of this execution: hand it to the API you call, so that a repeat does nothing twice.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The input of the step.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>What earlier steps put into the run's shared context: a JSON object.</summary>
    public required JsonElement Context { get; init; }

    /// <summary>What arrived, when the step is executed again after it answered <see cref="StepAwaiting"/>; null before.</summary>
    public StepResumption? Resumption { get; init; }

    /// <summary>
    /// The queue whose orchestrator has the run in memory, such as <c>saga-answers-1</c>. An answer to <c>saga-runs</c> is as good, and only takes a little longer
    /// to handle; null means <c>saga-runs</c>.
    /// </summary>
    public string? AnswerTo { get; init; }
}
