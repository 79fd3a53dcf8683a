using Saga.EntityFrameworkCore.Configuration;

// The namespace of the well-known package's extensions, so that moving between the two changes no code.
namespace MassTransit;

/// <summary>Registers EF Core saga repositories.</summary>
public static class SagaRepositoryRegistration
{
    /// <summary>Keeps the instances of a saga in an EF Core context.</summary>
    /// <typeparam name="TSaga">The instance; a <c>Version</c> (<see cref="ISagaVersion"/>) mapped as a concurrency token guards it.</typeparam>
    /// <param name="configurator">The saga.</param>
    /// <param name="configure">Names the context.</param>
    public static ISagaRegistrationConfigurator<TSaga> EntityFrameworkRepository<TSaga>(
        this ISagaRegistrationConfigurator<TSaga> configurator, Action<EntityFrameworkSagaRepositoryConfigurator<TSaga>> configure)
        where TSaga : class, ISaga
    {
        ArgumentNullException.ThrowIfNull(configurator);
        ArgumentNullException.ThrowIfNull(configure);
        return configurator.Repository(repository => configure(new EntityFrameworkSagaRepositoryConfigurator<TSaga>(repository)));
    }
}
