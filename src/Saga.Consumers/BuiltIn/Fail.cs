using System.Text.Json;

namespace Saga.Consumers;

/// <summary>Always fails with the code <c>fail</c>, to see a run walk back.</summary>
public sealed class Fail : IStep<FailInput, JsonElement?>
{
    /// <inheritdoc />
    public Task<StepResult<JsonElement?>> ExecuteAsync(StepContext<FailInput> context) =>
        Task.FromResult<StepResult<JsonElement?>>(
            StepResult.Failed("fail", context.Input.FailMessage ?? "The step `fail` always fails."));
}

/// <summary>What <see cref="Fail"/> takes.</summary>
public sealed record FailInput
{
    /// <summary>The message of the failure; a default when left out.</summary>
    public string? FailMessage { get; init; }
}
