using Saga.Consumers;

namespace Saga.Benchmarks.Soak;

/// <summary>Changes the world, unless it is the node at which its run is to fail.</summary>
[StepName(Name)]
internal sealed class Effect(EffectTable effects) : IStep<EffectInput, EffectOutput>
{
    public const string Name = "soak-effect";

    public async Task<StepResult<EffectOutput>> ExecuteAsync(StepContext<EffectInput> context)
    {
        if (context.Input.FailsAt == context.NodeIndex)
            return StepResult.Failed("planned", "This run is one that fails.");

        await effects.CauseAsync(context.RunId, context.Node, EffectTable.Execute, context.IdempotencyKey, context.CancellationToken);
        return StepResult.Completed(new EffectOutput(context.IdempotencyKey));
    }

    public async Task<CompensationOutcome> CompensateAsync(CompensationContext<EffectInput, EffectOutput> context)
    {
        await effects.CauseAsync(context.RunId, context.Node, EffectTable.Compensate, context.IdempotencyKey, context.CancellationToken);
        return CompensationOutcome.Compensated;
    }
}

/// <summary>What <see cref="Effect"/> takes: the node that fails, from 0, or null.</summary>
internal sealed record EffectInput(int? FailsAt = null);

/// <summary>What <see cref="Effect"/> returns.</summary>
internal sealed record EffectOutput(string Key);
