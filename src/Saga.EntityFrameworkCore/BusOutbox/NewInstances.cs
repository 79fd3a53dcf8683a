using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Sagas;
using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.BusOutbox;

/// <summary>The saga instances that a scope outside a consumer begins. Where this process handles their messages, the first one need not load them.</summary>
internal sealed class NewInstances<TDbContext>(TDbContext dbContext, IServiceProvider services)
    where TDbContext : DbContext
{
    private readonly List<RowChange> _rows = [];
    private readonly List<Action> _keep = [];

    /// <summary>Those the context does not track.</summary>
    public IReadOnlyList<RowChange> Rows => _rows;

    public void Insert<TSaga>(TSaga instance)
        where TSaga : class, ISaga
    {
        var cache = services.GetService<InstanceCache<TSaga, TDbContext>>();
        if (cache?.TableOf(dbContext.Model) is not { } table)
        {
            dbContext.Add(instance);
            return;
        }

        _rows.Add(RowChange.Insert(table, instance));

        // The caller still has the instance; the message that is handled next must not change it under its hands.
        _keep.Add(() => cache.KeepNew((TSaga)table.Copy(instance)));
    }

    /// <summary>They are committed.</summary>
    public void Saved()
    {
        _keep.ForEach(keep => keep());
        Clear();
    }

    /// <summary>They are not committed. As after a <c>SaveChanges</c> that failed, they are the context's to save again, or to forget.</summary>
    public void Failed()
    {
        foreach (var row in _rows.Where(row => dbContext.Entry(row.Entity).State == EntityState.Detached))
            row.Track(dbContext);
        Clear();
    }

    private void Clear()
    {
        _rows.Clear();
        _keep.Clear();
    }
}
