using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

// The namespace of the well-known package's types, so that moving between the two changes no code.
namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Maps a saga: its key here, and the rest in the class that derives from this one. A saga needs a concurrency token, such as <see cref="ISagaVersion"/>.</summary>
/// <typeparam name="TSaga">The saga's instance.</typeparam>
public abstract class SagaClassMap<TSaga> : ISagaClassMap<TSaga>
    where TSaga : class, ISaga
{
    /// <inheritdoc/>
    public Type SagaType => typeof(TSaga);

    /// <inheritdoc/>
    public virtual void Configure(ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var saga = model.Entity<TSaga>();
        ConfigureCorrelationIdKey(saga.HasKey(instance => instance.CorrelationId));
        saga.Property(instance => instance.CorrelationId).ValueGeneratedNever();
        Configure(saga, model);
    }

    /// <summary>Maps all but the key.</summary>
    /// <param name="entity">The saga.</param>
    /// <param name="model">The model it is in.</param>
    protected virtual void Configure(EntityTypeBuilder<TSaga> entity, ModelBuilder model)
    {
    }

    /// <summary>Changes the primary key, which is the correlation id, such as by giving it a name.</summary>
    /// <param name="keyBuilder">The key.</param>
    protected virtual KeyBuilder ConfigureCorrelationIdKey(KeyBuilder keyBuilder) => keyBuilder;
}
