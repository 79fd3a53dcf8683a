using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>
/// What a context had to save before a message was handled. A filter outside of the outbox may have left it there, in a scope that all attempts at the message share:
/// the attempt that succeeds is to save it, and what failed attempts changed is not to be saved.
/// </summary>
internal sealed class PendingChanges
{
    private readonly Dictionary<object, (EntityState State, PropertyValues Current, PropertyValues Original)> _entities = new(ReferenceEqualityComparer.Instance);

    private PendingChanges(IEnumerable<EntityEntry> entries)
    {
        foreach (var entry in entries.Where(IsPending))
            _entities.Add(entry.Entity, (entry.State, entry.CurrentValues.Clone(), entry.OriginalValues.Clone()));
    }

    /// <summary>What the context has to save, or null if that is nothing.</summary>
    public static PendingChanges? Of(DbContext dbContext) => dbContext.ChangeTracker.HasChanges() ? new PendingChanges(dbContext.ChangeTracker.Entries()) : null;

    /// <summary>Has the context forget what was tracked since <paramref name="before"/>, and what became of that.</summary>
    public static void Restore(DbContext dbContext, PendingChanges? before)
    {
        var tracker = dbContext.ChangeTracker;
        if (before is null)
        {
            tracker.Clear();
            return;
        }

        // Forgetting an entity is no reason to delete another.
        var (cascade, orphans) = (tracker.CascadeDeleteTiming, tracker.DeleteOrphansTiming);
        (tracker.CascadeDeleteTiming, tracker.DeleteOrphansTiming) = (CascadeTiming.Never, CascadeTiming.Never);
        foreach (var entry in tracker.Entries().ToList())
            before.Restore(entry);
        (tracker.CascadeDeleteTiming, tracker.DeleteOrphansTiming) = (cascade, orphans);
    }

    private void Restore(EntityEntry entry)
    {
        // What is not pending any more was saved by the handler, in a commit of its own.
        if (!IsPending(entry) || !_entities.TryGetValue(entry.Entity, out var before))
        {
            entry.State = EntityState.Detached;
            return;
        }

        entry.CurrentValues.SetValues(before.Current);
        if (before.State != EntityState.Added)
            entry.OriginalValues.SetValues(before.Original);
        if (entry.State != before.State)
            entry.State = before.State;
    }

    private static bool IsPending(EntityEntry entry) => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted;
}
