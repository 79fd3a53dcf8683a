using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>How instances are queried, whoever asks for them.</summary>
internal sealed class InstanceQuery<TSaga>
    where TSaga : class, ISaga
{
    public Func<IQueryable<TSaga>, IQueryable<TSaga>> Customize { get; set; } = query => query;

    /// <summary>Instances that the context tracks.</summary>
    public IQueryable<TSaga> Tracked(DbContext dbContext) => Customize(dbContext.Set<TSaga>());

    /// <summary>Instances that no context tracks. A child that two of them share is one object, so that a context can track them all.</summary>
    public IQueryable<TSaga> Untracked(DbContext dbContext) => Customize(dbContext.Set<TSaga>().AsNoTrackingWithIdentityResolution());
}
