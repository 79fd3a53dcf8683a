using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Saga.EntityFrameworkCore.BusOutbox;

/// <summary>Tells a scope's messages that its context is saved, by whomever and however.</summary>
internal sealed class SaveObserver<TDbContext>(ScopeMessagesOf<TDbContext> scopes) : SaveChangesInterceptor
    where TDbContext : DbContext
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        scopes.Find(eventData.Context)?.Saving();
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        scopes.Find(eventData.Context)?.Saving();
        return new(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        scopes.Find(eventData.Context)?.Saved();
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        scopes.Find(eventData.Context)?.Saved();
        return new(result);
    }
}
