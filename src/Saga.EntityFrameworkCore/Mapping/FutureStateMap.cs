using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

// The namespace of the well-known package's types, so that moving between the two changes no code.
namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Maps the state of futures. Its <c>Version</c> is the concurrency token.</summary>
public class FutureStateMap : SagaClassMap<FutureState>
{
    /// <summary>Makes the map.</summary>
    /// <param name="optimistic">Either: concurrency is always optimistic here.</param>
    public FutureStateMap(bool optimistic = true) => _ = optimistic;

    /// <inheritdoc/>
    protected override void Configure(EntityTypeBuilder<FutureState> entity, ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(entity);
        entity.Property(future => future.Version).IsConcurrencyToken();
        entity.Ignore(future => future.RowVersion);
        entity.Property(future => future.Command).HasJsonConversion();
        entity.Property(future => future.Pending).HasJsonConversion();
        entity.Property(future => future.Subscriptions).HasJsonConversion();
        entity.Property(future => future.Variables).HasJsonConversion();
        entity.Property(future => future.Results).HasJsonConversion();
        entity.Property(future => future.Faults).HasJsonConversion();
    }
}
