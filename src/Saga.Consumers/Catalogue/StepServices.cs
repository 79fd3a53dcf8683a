using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Saga.Consumers;

/// <summary>Registers steps.</summary>
public static class StepServices
{
    /// <summary>
    /// Hosts a step in this worker. It is resolved in the scope of each command; register the class beforehand to choose another lifetime.
    /// </summary>
    /// <typeparam name="TStep">The class of the step, an <see cref="IStep{TInput,TOutput}"/>. Checked when the worker starts.</typeparam>
    public static IServiceCollection AddStep<TStep>(this IServiceCollection services)
        where TStep : class
    {
        services.TryAddScoped<TStep>();
        services.AddSingleton(new StepRegistration(typeof(TStep)));
        return services.AddStepCatalogue();
    }

    /// <summary>
    /// Hosts <see cref="Echo"/>, <see cref="Fail"/>, <see cref="Flaky"/>, <see cref="Delay"/>, <see cref="AwaitSignal"/> and
    /// <see cref="FailCompensation"/>, for demos and tests.
    /// </summary>
    public static IServiceCollection AddBuiltInSteps(this IServiceCollection services) => services
        .AddStep<Echo>()
        .AddStep<Fail>()
        .AddStep<Flaky>()
        .AddStep<Delay>()
        .AddStep<AwaitSignal>()
        .AddStep<FailCompensation>();

    internal static IServiceCollection AddStepCatalogue(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new StepCatalogue(provider.GetServices<StepRegistration>().Select(r => r.StepType)));
        return services;
    }

    private sealed record StepRegistration(Type StepType);
}
