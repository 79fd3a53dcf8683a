using MassTransit;
using MassTransit.Configuration;

namespace Saga.EntityFrameworkCore.Configuration;

/// <summary>Keeps the instances of sagas that are not named one by one, such as those of the job service.</summary>
internal sealed class EntityFrameworkSagaRepositoryProvider(Action<IEntityFrameworkSagaRepositoryConfigurator> configure) : ISagaRepositoryRegistrationProvider
{
    public void Configure<TSaga>(ISagaRegistrationConfigurator<TSaga> configurator)
        where TSaga : class, ISaga => configurator.EntityFrameworkRepository(configure);
}
