namespace Saga.Consumers;

/// <summary>
/// A step: one thing that happens in the world, and how it is compensated. Register it with
/// <see cref="StepServices.AddStep{TStep}"/>; it is resolved from dependency injection in the scope of each command.
/// </summary>
/// <remarks>
/// A command may be delivered more than once, and what fails for technical reasons is tried again, so every method must be idempotent: hand
/// the context's <c>IdempotencyKey</c> to the API you call. An attempt may find what the one before did before it threw. JSON is read with
/// the web defaults (camelCase, any case accepted) and with the annotations of the type: a constructor parameter without a default is
/// required, and null is refused where the type is not nullable.
/// </remarks>
/// <typeparam name="TInput">What the step reads. Members it does not have are ignored.</typeparam>
/// <typeparam name="TOutput">What the step returns; it is stored in the ledger as JSON and handed back when the step is compensated.</typeparam>
public interface IStep<TInput, TOutput>
{
    /// <summary>Does the work.</summary>
    /// <param name="context">The input, the run's shared context, and the identity of this attempt.</param>
    /// <returns>
    /// What <see cref="StepResult"/> makes: completed, failed, to be tried again, or awaiting signals. <c>Failed</c> means that nothing was
    /// done that would have to be compensated. An exception is handed to <see cref="OnErrorAsync"/>. When the worker stops, throw
    /// <see cref="OperationCanceledException"/>: the command is delivered again.
    /// </returns>
    Task<StepResult<TOutput>> ExecuteAsync(StepContext<TInput> context);

    /// <summary>
    /// Says what an exception of <see cref="ExecuteAsync"/> means: any result, even a completed one. Leave it out, and each is a technical
    /// failure. It is not asked about an <see cref="OperationCanceledException"/> while the worker stops, nor about a step that could not
    /// be made or whose input does not fit.
    /// </summary>
    /// <remarks>
    /// A technical failure is tried again as the node's retry policy says: by default 3 attempts are made in all. After the last the step
    /// has failed, and is believed to have done nothing, so undo a half of the work before the exception escapes.
    /// </remarks>
    /// <param name="exception">What was thrown.</param>
    /// <param name="context">The context the step was executed with, and what it had put by then.</param>
    /// <returns>
    /// The result; <see cref="StepResult.FromException"/> for an exception of which nothing more is known. An exception of the handler is a
    /// technical failure that names both; throwing <paramref name="exception"/> itself is the same as leaving it to the default.
    /// </returns>
    Task<StepResult<TOutput>> OnErrorAsync(Exception exception, StepContext<TInput> context) =>
        Task.FromResult<StepResult<TOutput>>(StepResult.FromException(exception));

    /// <summary>
    /// Takes the work back, or makes good for it. Leave it out when the step leaves nothing behind. It may be called for work that never
    /// happened, or that was compensated before; answer <see cref="CompensationOutcome.NothingToDo"/> then.
    /// </summary>
    /// <param name="context">The input and the output of the execution, and why the run walks back.</param>
    /// <returns>
    /// The result. An exception is a technical failure, with the code of a <see cref="TransientStepException"/> or <c>exception</c>: it is
    /// tried again as the retry policy of the node's compensation says, by default 5 attempts in all.
    /// </returns>
    Task<CompensationOutcome> CompensateAsync(CompensationContext<TInput, TOutput> context) =>
        Task.FromResult(CompensationOutcome.NothingToDo);
}
