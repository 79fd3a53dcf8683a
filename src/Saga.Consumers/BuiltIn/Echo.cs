using System.Text.Json;

namespace Saga.Consumers;

/// <summary>
/// Returns its message, and puts it as <c>echoed_at_step_{nodeIndex}</c> into the run's context. There is nothing to take back, so its
/// compensation always succeeds.
/// </summary>
public sealed class Echo : IStep<EchoMessage, EchoMessage>
{
    /// <inheritdoc />
    public Task<StepResult<EchoMessage>> ExecuteAsync(StepContext<EchoMessage> context)
    {
        context.Put($"echoed_at_step_{context.NodeIndex}", context.Input.Message);
        return Task.FromResult(StepResult.Completed(context.Input));
    }

    /// <inheritdoc />
    public Task<CompensationOutcome> CompensateAsync(CompensationContext<EchoMessage, EchoMessage> context) =>
        Task.FromResult(CompensationOutcome.Compensated);
}

/// <summary>What <see cref="Echo"/> takes and returns.</summary>
public sealed record EchoMessage
{
    /// <summary>Any JSON value; null when left out.</summary>
    public JsonElement? Message { get; init; }
}
