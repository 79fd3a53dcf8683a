using MassTransit;
using MassTransit.Configuration;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.Sagas;

namespace Saga.EntityFrameworkCore.Configuration;

/// <summary>Says which context keeps a saga's instances.</summary>
/// <typeparam name="TSaga">The instance.</typeparam>
public sealed class EntityFrameworkSagaRepositoryConfigurator<TSaga>
    where TSaga : class, ISaga
{
    private readonly ISagaRepositoryRegistrationConfigurator<TSaga> _repository;
    private readonly InstanceQuery<TSaga> _query = new();

    internal EntityFrameworkSagaRepositoryConfigurator(ISagaRepositoryRegistrationConfigurator<TSaga> repository) => _repository = repository;

    /// <summary>
    /// Changes how instances are loaded, as with <c>Include</c> for child rows, or <c>AsSplitQuery</c>. What the context always includes
    /// (<c>AutoInclude</c>) needs nothing here.
    /// </summary>
    /// <param name="customize">Adds to the query.</param>
    public void CustomizeQuery(Func<IQueryable<TSaga>, IQueryable<TSaga>> customize)
    {
        ArgumentNullException.ThrowIfNull(customize);
        _query.Customize = customize;
    }

    /// <summary>Uses a context that is registered already, with <c>AddDbContext</c> or <c>AddDbContextPool</c>.</summary>
    /// <typeparam name="TDbContext">The context.</typeparam>
    public void ExistingDbContext<TDbContext>()
        where TDbContext : DbContext
    {
        _repository.AddUnitOfWork<TDbContext>();
        _repository.TryAddSingleton(_query);
        _repository.TryAddSingleton<GroupLoad<TSaga, TDbContext>>();
        _repository.TryAddSingleton<InstanceLoad<TSaga, TDbContext>>();
        _repository.TryAddSingleton<InstanceCache<TSaga, TDbContext>>();
        _repository.RegisterLoadSagaRepository<TSaga, SagaRepositoryContextFactory<TSaga, TDbContext>>();
        _repository.RegisterQuerySagaRepository<TSaga, SagaRepositoryContextFactory<TSaga, TDbContext>>();
        _repository.RegisterSagaRepository<TSaga, TDbContext, SagaConsumeContextFactory<TDbContext, TSaga>,
            SagaRepositoryContextFactory<TSaga, TDbContext>>();
    }
}
