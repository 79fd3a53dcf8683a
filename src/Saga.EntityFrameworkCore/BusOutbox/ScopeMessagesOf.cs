using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.BusOutbox;

/// <summary>
/// Finds what was sent in the scope a context belongs to. A context that comes back from a pool belongs to a new scope, and the table does not
/// keep one alive.
/// </summary>
internal sealed class ScopeMessagesOf<TDbContext>
    where TDbContext : DbContext
{
    private readonly ConditionalWeakTable<DbContext, ScopeMessages<TDbContext>> _scopes = [];

    private readonly Lock _lock = new();

    public void Add(TDbContext dbContext, ScopeMessages<TDbContext> messages)
    {
        lock (_lock)
            _scopes.AddOrUpdate(dbContext, messages);
    }

    /// <summary>The scope ends. Its context may have gone back to the pool before it, and belong to another one already.</summary>
    public void Remove(TDbContext dbContext, ScopeMessages<TDbContext> messages)
    {
        lock (_lock)
        {
            if (Find(dbContext) == messages)
                _scopes.Remove(dbContext);
        }
    }

    public ScopeMessages<TDbContext>? Find(DbContext? dbContext) =>
        dbContext is not null && _scopes.TryGetValue(dbContext, out var messages) ? messages : null;
}
