using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>
/// Has the row of a tracked instance be written with whatever a message changes or sends, even if that is a child row alone: the concurrency token of the row is what
/// tells that the decision was not made on an outdated instance.
/// </summary>
internal static class ConcurrencyGuard
{
    public static void Apply(EntityEntry entry)
    {
        if (entry.State is not (EntityState.Unchanged or EntityState.Modified))
            return;

        if (!entry.Metadata.GetProperties().Any(property => property.IsConcurrencyToken))
        {
            throw new InvalidOperationException(
                $"{entry.Entity.GetType().Name} has no concurrency token, so two processes could overwrite each other's changes. "
                + "Let it implement ISagaVersion and map Version with IsConcurrencyToken().");
        }

        if (entry.Entity is ISagaVersion versioned && entry.Metadata.FindProperty(nameof(ISagaVersion.Version)) is { } version)
            entry.Property(version).CurrentValue = versioned.Version + 1;
        else if (entry.State == EntityState.Unchanged && entry.Metadata.GetProperties().FirstOrDefault(CanBeWrittenAsItIs) is { } property)
            entry.Property(property).IsModified = true;
    }

    // The token itself is made by the database, or by whoever changes the instance.
    private static bool CanBeWrittenAsItIs(IProperty property) =>
        !property.IsPrimaryKey() && !property.IsConcurrencyToken && property.ValueGenerated == ValueGenerated.Never
        && property.GetAfterSaveBehavior() == PropertySaveBehavior.Save;
}
