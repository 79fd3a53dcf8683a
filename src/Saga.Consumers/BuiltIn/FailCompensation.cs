using System.Text.Json;

namespace Saga.Consumers;

/// <summary>Completes, but cannot be compensated, to see a run end <c>failed</c>.</summary>
public sealed class FailCompensation : IStep<JsonElement, JsonElement?>
{
    /// <inheritdoc />
    public Task<StepResult<JsonElement?>> ExecuteAsync(StepContext<JsonElement> context) =>
        Task.FromResult(StepResult.Completed<JsonElement?>(null));

    /// <inheritdoc />
    public Task<CompensationOutcome> CompensateAsync(CompensationContext<JsonElement, JsonElement?> context) =>
        Task.FromResult(CompensationOutcome.Failed("compensation_failed", "The step `fail-compensation` can never be compensated."));
}
