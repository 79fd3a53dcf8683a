using Microsoft.EntityFrameworkCore;

// The namespace of the well-known package's types, so that moving between the two changes no code.
namespace MassTransit;

/// <summary>
/// Says which context keeps the instances of sagas that are not named one by one. It has no <c>IsolationLevel</c> and no <c>LockStatementProvider</c>, because no message
/// holds a lock here.
/// </summary>
public interface IEntityFrameworkSagaRepositoryConfigurator
{
    /// <summary>Uses a context that is registered already, with <c>AddDbContext</c> or <c>AddDbContextPool</c>.</summary>
    /// <typeparam name="TContext">The context.</typeparam>
    void ExistingDbContext<TContext>()
        where TContext : DbContext;

    /// <summary>Registers a context and uses it.</summary>
    /// <typeparam name="TContext">What the context is asked for as, besides its own type.</typeparam>
    /// <typeparam name="TImplementation">The context.</typeparam>
    /// <param name="optionsAction">Says which database it uses.</param>
    void AddDbContext<TContext, TImplementation>(Action<IServiceProvider, DbContextOptionsBuilder<TImplementation>>? optionsAction = null)
        where TContext : DbContext
        where TImplementation : DbContext, TContext;

    /// <summary>Changes nothing: concurrency is always optimistic here. Each saga needs a concurrency token.</summary>
    void SetOptimisticConcurrency();
}
