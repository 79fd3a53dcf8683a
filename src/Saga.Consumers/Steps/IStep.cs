namespace Saga.Consumers;

/// <summary>
/// A step: one thing that happens in the world, and how it is compensated. Register it with
/// <see cref="StepServices.AddStep{TStep}"/>; it is resolved from dependency injection in the scope of each command.
/// </summary>
/// <remarks>
/// A command may be delivered more than once, so both methods must be idempotent: hand the context's <c>IdempotencyKey</c> to the API
/// you call. JSON is read with the web defaults (camelCase, any case accepted) and with the annotations of the type: a constructor
/// parameter without a default is required, and null is refused where the type is not nullable.
/// </remarks>
/// <typeparam name="TInput">What the step reads. Members it does not have are ignored.</typeparam>
/// <typeparam name="TOutput">What the step returns; it is stored in the ledger as JSON and handed back when the step is compensated.</typeparam>
public interface IStep<TInput, TOutput>
{
    /// <summary>Does the work.</summary>
    /// <param name="context">The input, the run's shared context, and the identity of this attempt.</param>
    /// <returns>
    /// A completed or a failed result. Failing means that nothing was done that would have to be compensated. An exception fails the
    /// step with the code <c>exception</c>, so undo a half of the work before it escapes. When the worker stops, throw
    /// <see cref="OperationCanceledException"/>: the command is delivered again.
    /// </returns>
    Task<StepResult<TOutput>> ExecuteAsync(StepContext<TInput> context);

    /// <summary>
    /// Takes the work back, or makes good for it. Leave it out when the step leaves nothing behind. It may be called for work that never
    /// happened, or that was compensated before; answer <see cref="CompensationResult.NothingToDo"/> then.
    /// </summary>
    /// <param name="context">The input and the output of the execution, and why the run walks back.</param>
    /// <returns>The result; an exception fails the compensation with the code <c>exception</c>.</returns>
    Task<CompensationResult> CompensateAsync(CompensationContext<TInput, TOutput> context) =>
        Task.FromResult(CompensationResult.NothingToDo);
}
