using System.Diagnostics.CodeAnalysis;

namespace Saga.Consumers;

/// <summary>What a step says about its execution. Make one with <see cref="StepResult"/>, or return the output itself.</summary>
/// <typeparam name="TOutput">The output of the step.</typeparam>
[SuppressMessage("Design", "CA1034:Nested types should not be visible", Justification = "The cases of a closed set belong to it.")]
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The methods of StepResult are they.")]
public abstract record StepResult<TOutput>
{
    private StepResult()
    {
    }

    /// <summary>The step did its work.</summary>
    /// <param name="output">What it returns.</param>
    public static implicit operator StepResult<TOutput>(TOutput output) => new Completed(output);

    /// <summary>The step did nothing, and no other attempt would do more.</summary>
    /// <param name="failure">Why not.</param>
    public static implicit operator StepResult<TOutput>(StepFailure failure) => new Failed(failure.Code, failure.Message);

    /// <summary>The step did not succeed, and another attempt may.</summary>
    /// <param name="failure">Why not.</param>
    public static implicit operator StepResult<TOutput>(TransientFailure failure) => new Transient(failure);

    /// <summary>The step cannot go on before signals arrive.</summary>
    /// <param name="wait">What it waits for.</param>
    public static implicit operator StepResult<TOutput>(SignalWait wait) => new Awaiting(wait);

    /// <summary>The step did its work.</summary>
    /// <param name="Output">What it returns.</param>
    public sealed record Completed(TOutput Output) : StepResult<TOutput>;

    /// <summary>The step did nothing that would have to be compensated, and the run walks back.</summary>
    /// <param name="Code">A short name of the failure for programs.</param>
    /// <param name="Message">What happened, for people.</param>
    public sealed record Failed(string Code, string Message) : StepResult<TOutput>;

    /// <summary>The step is tried again as its node's retry policy says; after the last attempt it has failed.</summary>
    /// <param name="Failure">What happened, and how long to wait.</param>
    public sealed record Transient(TransientFailure Failure) : StepResult<TOutput>;

    /// <summary>The step is executed again when the signals are there, or the time is over.</summary>
    /// <param name="Wait">What it waits for, and what it keeps.</param>
    public sealed record Awaiting(SignalWait Wait) : StepResult<TOutput>;
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

    /// <summary>
    /// A technical failure, which another attempt may not have. The node's retry policy decides whether one follows: by default 3 are made
    /// in all. After the last, the step has failed like one that returned <see cref="Failed"/>.
    /// </summary>
    /// <param name="code">A short name of the failure for programs, such as <c>rate_limited</c>; a policy may list it as <c>nonRetryable</c>.</param>
    /// <param name="message">What happened, for people. Everything after 4,000 characters is cut off.</param>
    /// <param name="retryAfter">How long to wait before the next attempt, from zero; null leaves it to the policy.</param>
    /// <exception cref="ArgumentException">The code is null or blank, or the wait is negative.</exception>
    public static TransientFailure Transient(string code, string message, TimeSpan? retryAfter = null) => new(code, message, retryAfter);

    /// <summary>
    /// Asks for another attempt after a time that the step knows best. It is a technical failure with the code <c>retry</c>, and counts as
    /// an attempt; to wait for something that may take long, use <c>Await</c>.
    /// </summary>
    /// <param name="after">How long to wait, from zero.</param>
    /// <param name="why">What is missing, for people.</param>
    /// <exception cref="ArgumentException">The wait is negative.</exception>
    public static TransientFailure Retry(TimeSpan after, string? why = null) =>
        new(FailureCodes.Retry, why ?? "The step asks for another attempt.", after);

    /// <summary>
    /// What an exception means unless an error handler knows better: a technical failure, with the code of a
    /// <see cref="TransientStepException"/>, or <c>exception</c>.
    /// </summary>
    /// <param name="exception">What the step threw.</param>
    public static TransientFailure FromException(Exception exception) => TransientFailure.Of(exception);

    /// <summary>
    /// The step cannot go on before a signal arrives. Nothing is held while it waits. When the signal is there, or was there before, or the
    /// time is over, the step is executed again, on any worker, with <see cref="StepContext{TInput}.IsResumed"/>.
    /// </summary>
    /// <param name="signal">The name of the signal, by the rule of <see cref="Contracts.SignalName"/>.</param>
    /// <param name="timeout">The longest wait, more than zero; null waits for ever.</param>
    /// <param name="snapshot">
    /// What the step wants to read again with <see cref="StepContext{TInput}.Snapshot{T}"/>: any value that can be written as JSON. It is
    /// written at once, so later changes to the object are not seen.
    /// </param>
    /// <exception cref="ArgumentException">A parameter is out of range, or the snapshot cannot be written as JSON.</exception>
    public static SignalWait Await(string signal, TimeSpan? timeout = null, object? snapshot = null) =>
        new([signal], all: false, timeout, snapshot);

    /// <summary>The step cannot go on before one of several signals arrives, or one of each. Otherwise like the wait for a single one.</summary>
    /// <param name="signals">The names of the signals, at least one, by the rule of <see cref="Contracts.SignalName"/>. A name given twice counts once.</param>
    /// <param name="timeout">The longest wait, more than zero; null waits for ever. When it is over, the step gets those that arrived.</param>
    /// <param name="snapshot">What the step wants to read again: any value that can be written as JSON.</param>
    /// <param name="all">True when one of each is needed; any one is enough otherwise.</param>
    /// <exception cref="ArgumentException">A parameter is out of range, or the snapshot cannot be written as JSON.</exception>
    public static SignalWait Await(IEnumerable<string> signals, TimeSpan? timeout = null, object? snapshot = null, bool all = false) =>
        new(signals, all, timeout, snapshot);
}
