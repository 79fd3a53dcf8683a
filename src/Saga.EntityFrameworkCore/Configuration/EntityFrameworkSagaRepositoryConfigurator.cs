using MassTransit;
using MassTransit.Configuration;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.Sagas;

namespace Saga.EntityFrameworkCore.Configuration;

/// <summary>Says which context keeps a saga's instances.</summary>
/// <typeparam name="TSaga">The instance.</typeparam>
public sealed class EntityFrameworkSagaRepositoryConfigurator<TSaga> : IEntityFrameworkSagaRepositoryConfigurator
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

    /// <inheritdoc/>
    public void SetOptimisticConcurrency()
    {
        // It is.
    }

    /// <inheritdoc/>
    public void AddDbContext<TContext, TImplementation>(Action<IServiceProvider, DbContextOptionsBuilder<TImplementation>>? optionsAction = null)
        where TContext : DbContext
        where TImplementation : DbContext, TContext
    {
        _repository.AddDbContext<TImplementation>((provider, options) => optionsAction?.Invoke(provider, (DbContextOptionsBuilder<TImplementation>)options));
        if (typeof(TContext) != typeof(TImplementation))
            _repository.TryAddScoped<TContext>(provider => provider.GetRequiredService<TImplementation>());
        ExistingDbContext<TImplementation>();
    }

    /// <inheritdoc/>
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
