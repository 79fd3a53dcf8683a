using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Saga.EntityFrameworkCore.Batching;

/// <summary>Makes one context track what several others have changed, with the original values and the modified columns it has there.</summary>
internal sealed class SaveBatch
{
    private readonly DbContext _dbContext;
    private readonly Dictionary<object, PendingSave> _owners = new(ReferenceEqualityComparer.Instance);

    public SaveBatch(DbContext dbContext)
    {
        _dbContext = dbContext;

        // Every change is known: looking for more would compare every column again.
        _dbContext.ChangeTracker.AutoDetectChangesEnabled = false;
    }

    /// <summary>
    /// True when every change can be tracked by another context by itself. Keys the database gives, and entities that only exist inside
    /// another, cannot.
    /// </summary>
    public static bool CanTravel(DbContext dbContext) =>
        dbContext.ChangeTracker.Entries().All(entry =>
            entry.State == EntityState.Unchanged
            || (!entry.Metadata.IsOwned()
                && !entry.Metadata.HasSharedClrType
                && entry.Properties.All(property => !property.IsTemporary && !property.Metadata.IsShadowProperty())
                && !entry.Metadata.GetComplexProperties().Any()));

    public void Add(PendingSave save)
    {
        // CanTravel has just looked for changes.
        save.DbContext.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var entry in save.DbContext.ChangeTracker.Entries().Where(entry => entry.State is not (EntityState.Unchanged or EntityState.Detached)))
        {
            _owners[entry.Entity] = save;
            Track(entry);
        }

        save.DbContext.ChangeTracker.AutoDetectChangesEnabled = true;
    }

    /// <summary>
    /// Whose rows made the save fail, as far as the failure tells: a conflict names the rows that were overtaken, but of any other failure EF Core
    /// says only what was in the same round trip.
    /// </summary>
    public HashSet<PendingSave> OwnersOf(Exception exception) => exception is DbUpdateConcurrencyException update
        ? [.. update.Entries.Where(entry => _owners.ContainsKey(entry.Entity)).Select(entry => _owners[entry.Entity])]
        : [];

    private void Track(EntityEntry source)
    {
        var entry = _dbContext.Entry(source.Entity);
        if (source.State == EntityState.Added)
        {
            entry.State = EntityState.Added;
            return;
        }

        entry.State = EntityState.Unchanged;
        foreach (var property in source.Properties)
        {
            var copy = entry.Property(property.Metadata.Name);
            copy.OriginalValue = property.OriginalValue;
            copy.IsModified = property.IsModified;
        }

        if (source.State == EntityState.Deleted)
            entry.State = EntityState.Deleted;
    }
}
