using System.Text.Json;

namespace Saga.Contracts;

/// <summary>
/// Tells a step worker to compensate a step that was executed. Sent to <c>saga-step-{step}</c>; answered with <see cref="StepCompensated"/>
/// or <see cref="StepCompensationFailed"/> to <see cref="AnswerTo"/>. It may be delivered more than once, always with the same <see cref="IdempotencyKey"/>.
/// </summary>
public sealed record CompensateStep
{
    /// <summary>The run the step belongs to.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The node of the plan, unique within the run. The answer repeats it.</summary>
    public required string Node { get; init; }

    /// <summary>The position of the node in its plan, from 0.</summary>
    public required int NodeIndex { get; init; }

    /// <summary>The name of the step to compensate.</summary>
    public required string Step { get; init; }

    /// <summary>Which attempt to compensate this is, from 1. The answer repeats it.</summary>
    public required int Attempt { get; init; }

    /// <summary>Tells this dispatch from every other of the run, from 1. The answer repeats it.</summary>
    public required long DispatchId { get; init; }

    /// <summary>The same for every attempt and every delivery of this compensation, and another than that of the execution.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>Why the run walks back, such as <c>step_failed:create-vpc</c>, <c>cancelled</c> or <c>rollback_requested</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The input the step was executed with.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>The output the step returned, or null when it returned none.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>The run's shared context: a JSON object.</summary>
    public required JsonElement Context { get; init; }

    /// <summary>
    /// The queue whose orchestrator has the run in memory, such as <c>saga-answers-1</c>. An answer to <c>saga-runs</c> is as good, and only takes a little longer
    /// to handle; null means <c>saga-runs</c>.
    /// </summary>
    public string? AnswerTo { get; init; }
}
