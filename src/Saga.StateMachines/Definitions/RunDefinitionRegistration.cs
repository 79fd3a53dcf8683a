using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Saga.StateMachines.Definitions;

/// <summary>Registers definitions, so that runs of their kinds can be started.</summary>
public static class RunDefinitionRegistration
{
    /// <summary>Registers a definition. Register every version that may still be started; doing it twice changes nothing.</summary>
    /// <typeparam name="TDefinition">The definition's class.</typeparam>
    public static IServiceCollection AddRunDefinition<TDefinition>(this IServiceCollection services)
        where TDefinition : RunDefinition
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<RunDefinition, TDefinition>());
        return services;
    }
}
