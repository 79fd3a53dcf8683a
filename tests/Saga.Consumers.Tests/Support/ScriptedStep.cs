using System.Text.Json;

namespace Saga.Consumers.Tests.Support;

/// <summary>What a test wants the steps <c>scripted</c> and <c>handling</c> to do.</summary>
internal sealed class Script
{
    public Func<StepContext<ScriptedInput>, Task<StepResult<object?>>> Execute { get; init; } =
        _ => Task.FromResult(StepResult.Completed<object?>(null));

    public Func<Exception, StepContext<ScriptedInput>, Task<StepResult<object?>>> OnError { get; init; } =
        (_, _) => throw new InvalidOperationException("The test has no error handler.");

    public Func<CompensationContext<ScriptedInput, object?>, Task<CompensationOutcome>> Compensate { get; init; } =
        _ => Task.FromResult(CompensationOutcome.Compensated);
}

internal sealed record ScriptedInput(string Name, int Size = 1, JsonElement? Extra = null);

internal sealed class ScriptedStep(Script script) : IStep<ScriptedInput, object?>
{
    public Task<StepResult<object?>> ExecuteAsync(StepContext<ScriptedInput> context) => script.Execute(context);

    public Task<CompensationOutcome> CompensateAsync(CompensationContext<ScriptedInput, object?> context) => script.Compensate(context);
}

/// <summary>The same with an error handler of its own.</summary>
internal sealed class HandlingStep(Script script) : IStep<ScriptedInput, object?>
{
    public Task<StepResult<object?>> ExecuteAsync(StepContext<ScriptedInput> context) => script.Execute(context);

    public Task<StepResult<object?>> OnErrorAsync(Exception exception, StepContext<ScriptedInput> context) => script.OnError(exception, context);
}
