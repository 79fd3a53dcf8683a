using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Sagas;

namespace Saga.EntityFrameworkCore.BusOutbox;

/// <summary>The saga instances that a scope outside a consumer begins, and whose first message need not load them where this process handles it.</summary>
internal sealed class NewInstances<TDbContext>(TDbContext dbContext, IServiceProvider services)
    where TDbContext : DbContext
{
    private readonly List<Action> _keep = [];

    public void Insert<TSaga>(TSaga instance)
        where TSaga : class, ISaga
    {
        dbContext.Add(instance);
        if (services.GetService<InstanceCache<TSaga, TDbContext>>() is not { } cache || cache.TableOf(dbContext.Model) is not { } table)
            return;

        _keep.Add(() =>
        {
            // The context may have been made to forget it. And the caller still has it, so the message that is handled next gets one of its own.
            if (dbContext.Entry(instance).State == EntityState.Unchanged)
                cache.KeepNew((TSaga)table.Copy(instance));
        });
    }

    /// <summary>The context is saved: those that it stored can be handled.</summary>
    public void Saved()
    {
        _keep.ForEach(keep => keep());
        _keep.Clear();
    }
}
