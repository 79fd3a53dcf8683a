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

    /// <summary>
    /// Keeps the instances of the job service's three sagas in an EF Core context, which maps <c>JobTypeSaga</c>, <c>JobSaga</c> and <c>JobAttemptSaga</c>. Their
    /// <c>Version</c> is a concurrency token like that of any saga.
    /// </summary>
    /// <param name="configurator">The job service's sagas.</param>
    /// <param name="configure">Names the context.</param>
    public static IJobSagaRegistrationConfigurator EntityFrameworkRepository(
        this IJobSagaRegistrationConfigurator configurator, Action<IEntityFrameworkSagaRepositoryConfigurator> configure)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        ArgumentNullException.ThrowIfNull(configure);
        configurator.UseRepositoryRegistrationProvider(new EntityFrameworkSagaRepositoryProvider(configure));
        return configurator;
    }

    /// <summary>Keeps the instances of every saga whose repository is not named, such as those of futures and those found in an assembly, in an EF Core context.</summary>
    /// <param name="configurator">The bus.</param>
    /// <param name="configure">Names the context.</param>
    public static void SetEntityFrameworkSagaRepositoryProvider(
        this IRegistrationConfigurator configurator, Action<IEntityFrameworkSagaRepositoryConfigurator> configure)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        ArgumentNullException.ThrowIfNull(configure);
        configurator.SetSagaRepositoryProvider(new EntityFrameworkSagaRepositoryProvider(configure));
    }
}
