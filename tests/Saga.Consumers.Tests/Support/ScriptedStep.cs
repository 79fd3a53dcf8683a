using System.Text.Json;

namespace Saga.Consumers.Tests.Support;

/// <summary>What a test wants the step <c>scripted</c> to do.</summary>
internal sealed class Script
{
    public Func<StepContext<ScriptedInput>, Task<StepResult<object?>>> Execute { get; init; } =
        _ => Task.FromResult(StepResult.Completed<object?>(null));

    public Func<CompensationContext<ScriptedInput, object?>, Task<CompensationResult>> Compensate { get; init; } =
        _ => Task.FromResult(CompensationResult.Compensated);
}

internal sealed record ScriptedInput(string Name, int Size = 1, JsonElement? Extra = null);

internal sealed class ScriptedStep(Script script) : IStep<ScriptedInput, object?>
{
    public Task<StepResult<object?>> ExecuteAsync(StepContext<ScriptedInput> context) => script.Execute(context);

    public Task<CompensationResult> CompensateAsync(CompensationContext<ScriptedInput, object?> context) => script.Compensate(context);
}
