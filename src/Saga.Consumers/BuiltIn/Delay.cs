using System.Text.Json;

namespace Saga.Consumers;

/// <summary>
/// Waits in the worker: 1 second, or what the input says, at most 5 minutes. Its command is unacknowledged meanwhile, which is why it may not
/// wait longer. There is nothing to take back, so its compensation always succeeds.
/// </summary>
public sealed class Delay(TimeProvider time) : IStep<DelayInput, DelayOutput>
{
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public async Task<StepResult<DelayOutput>> ExecuteAsync(StepContext<DelayInput> context)
    {
        var wait = Default;
        if (context.Input.Delay is { ValueKind: not JsonValueKind.Null } json
            && (json.ValueKind != JsonValueKind.String || !Duration.TryParse(json.GetString()!, out wait)))
        {
            return StepResult.Failed(
                FailureCodes.InvalidInput,
                $"`delay` is {json.GetRawText()}. It must be a duration as ISO 8601 (\"PT0.2S\") or as \"hh:mm:ss\". Leave it out for 1 second.");
        }

        if (wait < TimeSpan.Zero || wait > Longest)
        {
            return StepResult.Failed(
                FailureCodes.InvalidInput, $"`delay` is {wait:c}. It must be from 0 to {Longest:c}. Wait for a shorter time.");
        }

        await Task.Delay(wait, time, context.CancellationToken);
        return new DelayOutput(wait);
    }

    /// <inheritdoc />
    public Task<CompensationOutcome> CompensateAsync(CompensationContext<DelayInput, DelayOutput> context) =>
        Task.FromResult(CompensationOutcome.Compensated);
}

/// <summary>What <see cref="Delay"/> takes.</summary>
public sealed record DelayInput
{
    /// <summary>How long to wait: a string, ISO 8601 such as <c>PT0.2S</c>, or <c>hh:mm:ss</c>; from 0 to 5 minutes, 1 second when left out.</summary>
    public JsonElement? Delay { get; init; }
}

/// <summary>What <see cref="Delay"/> returns.</summary>
/// <param name="Waited">How long it waited.</param>
public sealed record DelayOutput(TimeSpan Waited);
