using Microsoft.Extensions.Logging;

namespace Saga.Consumers;

/// <summary>Executes a step, and asks its error handler what an exception means.</summary>
internal sealed class GuardedExecution<TInput, TOutput>(IStep<TInput, TOutput> step, StepContext<TInput> context, Dispatch dispatch, ILogger logger)
{
    public async Task<StepResult<TOutput>> RunAsync()
    {
        try
        {
            return await step.ExecuteAsync(context);
        }
        catch (Exception thrown) when (!IsInterruption(thrown))
        {
            return await HandleAsync(thrown);
        }
    }

    private async Task<StepResult<TOutput>> HandleAsync(Exception thrown)
    {
        try
        {
            var result = await step.OnErrorAsync(thrown, context)
                ?? throw new InvalidOperationException("It returned null. Return StepResult.FromException for an exception it does not know.");

            if (result is StepResult<TOutput>.Transient)
                return Failed(thrown, result);

            Log.ExceptionHandled(logger, thrown, dispatch.Step, dispatch.RunId, dispatch.Node, dispatch.Attempt, result.GetType().Name);
            return result;
        }
        catch (Exception second) when (!IsInterruption(second))
        {
            return ReferenceEquals(second, thrown)
                ? Failed(thrown, TransientFailure.Of(thrown))
                : Failed(new AggregateException(thrown, second), TransientFailure.Of(second).After(thrown));
        }
    }

    private StepResult<TOutput> Failed(Exception exception, StepResult<TOutput> result)
    {
        Log.StepThrew(logger, exception, dispatch.Step, dispatch.RunId, dispatch.Node, dispatch.Attempt);
        return result;
    }

    // The command goes back to the broker, so there is nothing to be said about this attempt.
    private bool IsInterruption(Exception exception) => exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested;
}
