using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Saga.Contracts;

namespace Saga.Consumers;

/// <inheritdoc />
internal sealed class StepInvoker<TStep, TInput, TOutput> : StepInvoker
    where TStep : class, IStep<TInput, TOutput>
{
    public override async Task<object> ExecuteAsync(
        ExecuteStep command, IServiceProvider services, ILogger logger, CancellationToken cancellationToken)
    {
        var dispatch = Dispatch.Of(command);
        if (!StepJson.TryRead<TInput>(command.Input, StepJson.Input, out var input, out var problem))
            return dispatch.Failed(FailureCodes.InvalidInput, DoesNotFit("input", command.Step, typeof(TInput), problem));

        IStep<TInput, TOutput> step = services.GetRequiredService<TStep>();
        var context = new StepContext<TInput>(command, input, logger, cancellationToken);
        return await new GuardedExecution<TInput, TOutput>(step, context, dispatch, logger).RunAsync() switch
        {
            StepResult<TOutput>.Completed completed => Completed(completed.Output, context.Puts, dispatch, logger),
            StepResult<TOutput>.Failed failed => dispatch.Failed(failed.Code, failed.Message),
            StepResult<TOutput>.Transient transient => dispatch.Failed(transient.Failure),
            StepResult<TOutput>.Awaiting awaiting => dispatch.Awaiting(awaiting.Wait, context.Puts),
            _ => throw NoResult("what StepResult makes"),
        };
    }

    public override async Task<object> CompensateAsync(
        CompensateStep command, IServiceProvider services, ILogger logger, CancellationToken cancellationToken)
    {
        var dispatch = Dispatch.Of(command);
        if (!StepJson.TryRead<TInput>(command.Input, StepJson.Input, out var input, out var problem))
            return dispatch.CompensationFailed(FailureCodes.InvalidInput, DoesNotFit("input", command.Step, typeof(TInput), problem));

        TOutput? output = default;
        if (command.Output is { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined } json
            && !StepJson.TryRead(json, StepJson.Stored, out output, out problem))
        {
            return dispatch.CompensationFailed(FailureCodes.InvalidOutput, DoesNotFit("output", command.Step, typeof(TOutput), problem));
        }

        IStep<TInput, TOutput> step = services.GetRequiredService<TStep>();
        var context = new CompensationContext<TInput, TOutput>(command, input, output, logger, cancellationToken);
        return await step.CompensateAsync(context) switch
        {
            CompensationDone => dispatch.Compensated(nothingToDo: false),
            CompensationNotNeeded => dispatch.Compensated(nothingToDo: true),
            CompensationFailure failure => dispatch.CompensationFailed(failure.Code, failure.Message),
            _ => throw NoResult("a CompensationOutcome"),
        };
    }

    // The step has done its work, and StepFailed would say it had not: it would never be compensated, and the run would end
    // `rolled_back` with the work still in the world. So it completed, and the answer says that the output is missing.
    private static StepCompleted Completed(TOutput output, IReadOnlyDictionary<string, JsonElement> puts, Dispatch dispatch, ILogger logger)
    {
        if (StepJson.TryWrite(output, out var json, out var problem))
            return dispatch.Completed(json, puts);

        Log.OutputLost(logger, dispatch.Step, dispatch.RunId, dispatch.Node, dispatch.Attempt, problem.Message);
        var message = $"The step `{dispatch.Step}` did its work, and returned what cannot be sent as JSON: {problem.Message}";
        return dispatch.Completed(output: null, puts) with { OutputLost = new LostOutput { Code = problem.Code, Message = Dispatch.Truncate(message) } };
    }

    private static string DoesNotFit(string what, string step, Type type, string problem) =>
        $"The {what} of step `{step}` does not fit {type.Name}: {problem} It must match the step's {what} schema.";

    private static InvalidOperationException NoResult(string remedy) =>
        new($"{typeof(TStep).Name} returned null. A step says how it ended. Return {remedy}.");
}
