using System.Text.Json;

namespace Saga.Consumers;

/// <summary>
/// Awaits the signal its input names, and completes with what arrived, or without it when the time is over. It leaves nothing behind, so it
/// has no compensation.
/// </summary>
public sealed class AwaitSignal : IStep<AwaitSignalInput, AwaitSignalOutput>
{
    /// <inheritdoc />
    public Task<StepResult<AwaitSignalOutput>> ExecuteAsync(StepContext<AwaitSignalInput> context) =>
        Task.FromResult(context.IsResumed ? WhatArrived(context) : Wait(context.Input));

    /// <summary>A signal or a timeout out of range is a mistake in the input, which no other attempt would change.</summary>
    public Task<StepResult<AwaitSignalOutput>> OnErrorAsync(Exception exception, StepContext<AwaitSignalInput> context) =>
        Task.FromResult<StepResult<AwaitSignalOutput>>(exception is ArgumentException
            ? StepResult.Failed(FailureCodes.InvalidInput, exception.Message)
            : StepResult.FromException(exception));

    private static StepResult<AwaitSignalOutput> Wait(AwaitSignalInput input)
    {
        if (input.Timeout is null)
            return StepResult.Await(input.Signal);

        return Duration.TryParse(input.Timeout, out var timeout)
            ? StepResult.Await(input.Signal, timeout)
            : StepResult.Failed(
                FailureCodes.InvalidInput,
                $"`timeout` is \"{input.Timeout}\". It must be a duration as ISO 8601 (\"PT1M\") or as \"hh:mm:ss\". Leave it out to wait for ever.");
    }

    private static AwaitSignalOutput WhatArrived(StepContext<AwaitSignalInput> context)
    {
        JsonElement? payload = context.Signals.Count > 0 && context.Signals[0].TryGetPayload<JsonElement>(out var json) ? json : null;
        return new AwaitSignalOutput(context.Input.Signal, payload, context.TimedOut);
    }
}

/// <summary>What <see cref="AwaitSignal"/> takes.</summary>
/// <param name="Signal">The name of the signal: 1 to 128 characters.</param>
/// <param name="Timeout">The longest wait, more than zero: ISO 8601 such as <c>PT1M</c>, or <c>hh:mm:ss</c>. Left out: for ever.</param>
public sealed record AwaitSignalInput(string Signal, string? Timeout = null);

/// <summary>What <see cref="AwaitSignal"/> returns.</summary>
/// <param name="Signal">The name of the signal.</param>
/// <param name="Payload">What it carried; null when it carried nothing or did not arrive.</param>
/// <param name="TimedOut">True when it did not arrive in time.</param>
public sealed record AwaitSignalOutput(string Signal, JsonElement? Payload, bool TimedOut);
