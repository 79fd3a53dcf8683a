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

    public void Add(TDbContext dbContext, ScopeMessages<TDbContext> messages) => _scopes.AddOrUpdate(dbContext, messages);

    public void Remove(TDbContext dbContext) => _scopes.Remove(dbContext);

    public ScopeMessages<TDbContext>? Find(DbContext? dbContext) =>
        dbContext is not null && _scopes.TryGetValue(dbContext, out var messages) ? messages : null;
}
