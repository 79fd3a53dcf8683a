using System.Diagnostics.CodeAnalysis;

namespace Saga.Consumers;

/// <summary>What a step says about its execution. Make one with <see cref="StepResult"/>, or return the output itself.</summary>
/// <typeparam name="TOutput">The output of the step.</typeparam>
[SuppressMessage("Design", "CA1034:Nested types should not be visible", Justification = "The cases of a closed set belong to it.")]
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "StepResult.Completed and StepResult.Failed are they.")]
public abstract record StepResult<TOutput>
{
    private StepResult()
    {
    }

    /// <summary>The step did its work.</summary>
    /// <param name="output">What it returns.</param>
    public static implicit operator StepResult<TOutput>(TOutput output) => new Completed(output);

    /// <summary>The step did nothing.</summary>
    /// <param name="failure">Why not.</param>
    public static implicit operator StepResult<TOutput>(StepFailure failure) => new Failed(failure.Code, failure.Message);

    /// <summary>The step did its work.</summary>
    /// <param name="Output">What it returns.</param>
    public sealed record Completed(TOutput Output) : StepResult<TOutput>;

    /// <summary>The step did nothing that would have to be compensated, and the run walks back.</summary>
    /// <param name="Code">A short name of the failure for programs.</param>
    /// <param name="Message">What happened, for people.</param>
    public sealed record Failed(string Code, string Message) : StepResult<TOutput>;
}

/// <summary>Makes the results of steps: <c>return StepResult.Failed("quota_exceeded", "…");</c></summary>
public static class StepResult
{
    /// <summary>The step did its work.</summary>
    /// <param name="output">What it returns.</param>
    public static StepResult<TOutput> Completed<TOutput>(TOutput output) => new StepResult<TOutput>.Completed(output);

    /// <summary>The step did nothing that would have to be compensated: a business failure, which no retry would change.</summary>
    /// <param name="code">A short name of the failure for programs, such as <c>quota_exceeded</c>.</param>
    /// <param name="message">What happened, for people. Everything after 4,000 characters is cut off.</param>
    public static StepFailure Failed(string code, string message) => new(code, message);
}
