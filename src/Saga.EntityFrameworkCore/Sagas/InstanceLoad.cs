using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.Telemetry;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>
/// Loads an instance for a message. One whose own properties hold all of it is loaded together with those that other messages wait for, and no context tracks it
/// yet. Of any other EF Core knows more than its objects tell, such as the keys of owned rows, and forgets it unless the message's own context tracks them from
/// the moment they are read.
/// </summary>
internal sealed class InstanceLoad<TSaga, TDbContext>(
    GroupLoad<TSaga, TDbContext> together, InstanceQuery<TSaga> query, AdapterMetrics<TDbContext> metrics)
    where TSaga : class, ISaga
    where TDbContext : DbContext
{
    private bool? _isHeldByProperties;

    public Task<TSaga?> LoadAsync(TDbContext dbContext, Guid correlationId, CancellationToken cancellationToken)
    {
        if (_isHeldByProperties ??= IsHeldByProperties(dbContext.Model))
            return together.LoadAsync(correlationId, cancellationToken);

        metrics.Loaded(1);
        return query.Tracked(dbContext).SingleOrDefaultAsync(saga => saga.CorrelationId == correlationId, cancellationToken);
    }

    private static bool IsHeldByProperties(IModel model) =>
        model.FindEntityType(typeof(TSaga))?.GetDerivedTypesInclusive().All(IsHeldByProperties) ?? false;

    // Two instances may also share a child, which must not be one object in the contexts of two messages.
    private static bool IsHeldByProperties(IEntityType type) =>
        !type.GetNavigations().Any()
        && !type.GetSkipNavigations().Any()
        && !type.GetServiceProperties().Any()
        && !type.GetComplexProperties().Any()
        && !type.GetProperties().Any(property => property.IsShadowProperty() || property.IsIndexerProperty());
}
