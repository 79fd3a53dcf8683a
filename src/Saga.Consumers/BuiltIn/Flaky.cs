namespace Saga.Consumers;

/// <summary>
/// Throws on every attempt before the one its input names, to see a step tried again. It leaves nothing behind, so it has no compensation.
/// </summary>
public sealed class Flaky : IStep<FlakyInput, FlakyOutput>
{
    /// <inheritdoc />
    public Task<StepResult<FlakyOutput>> ExecuteAsync(StepContext<FlakyInput> context)
    {
        var (attempt, input) = (context.Attempt, context.Input);
        if (attempt >= input.SucceedAt)
            return Task.FromResult(StepResult.Completed(new FlakyOutput(attempt)));

        var message = $"The step `flaky` succeeds at attempt {input.SucceedAt}, and this is attempt {attempt}.";
        throw input.Code is null ? new InvalidOperationException(message) : new TransientStepException(input.Code, message);
    }
}

/// <summary>What <see cref="Flaky"/> takes.</summary>
public sealed record FlakyInput
{
    /// <summary>The first attempt that does not throw, from 1; 3 when left out, the last that the default retry policy makes.</summary>
    public int SucceedAt { get; init; } = 3;

    /// <summary>The code of the failures, such as <c>rate_limited</c>; <c>exception</c> when left out.</summary>
    public string? Code { get; init; }
}

/// <summary>What <see cref="Flaky"/> returns.</summary>
/// <param name="Attempt">The attempt that succeeded.</param>
public sealed record FlakyOutput(int Attempt);
