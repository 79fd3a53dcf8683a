using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Saga.EntityFrameworkCore.Batching;

namespace Saga.EntityFrameworkCore.Writing;

internal enum RowChangeKind
{
    Insert,
    Update,
    Delete,
}

/// <summary>One row to write, and whose it is.</summary>
/// <param name="Owner">Who fails when this row cannot be written; nobody, if it may be gone already.</param>
/// <param name="Table">Where it goes.</param>
/// <param name="Kind">What happens to it.</param>
/// <param name="Columns">The columns that are written, a bit for each.</param>
/// <param name="Entity">Holds the values.</param>
/// <param name="Guards">What the concurrency tokens were when the row was read.</param>
internal sealed record RowChange(PendingSave? Owner, TableShape Table, RowChangeKind Kind, ulong Columns, object Entity, object?[] Guards)
{
    public static RowChange Insert(PendingSave owner, TableShape table, object entity) =>
        new(owner, table, RowChangeKind.Insert, table.AllColumns, entity, []);

    /// <summary>A tracked change, or null if only EF Core itself can write it.</summary>
    public static RowChange? Of(PendingSave owner, EntityEntry entry) => TableShape.Of(entry.Metadata) is not { } table ? null : entry.State switch
    {
        EntityState.Added => table.Columns.Any(column => entry.Property(column.Property).IsTemporary) ? null : Insert(owner, table, entry.Entity),
        EntityState.Deleted => new RowChange(owner, table, RowChangeKind.Delete, 0, entry.Entity, GuardsOf(table, entry)),
        EntityState.Modified => new RowChange(owner, table, RowChangeKind.Update, ModifiedOf(table, entry), entry.Entity, GuardsOf(table, entry)),
        _ => null,
    };

    private static ulong ModifiedOf(TableShape table, EntityEntry entry)
    {
        var modified = 0UL;
        foreach (var column in table.Columns)
        {
            if (entry.Property(column.Property).IsModified)
                modified |= 1UL << column.Ordinal;
        }

        return modified;
    }

    private static object?[] GuardsOf(TableShape table, EntityEntry entry)
    {
        if (table.Guards.Count == 0)
            return [];
        var read = entry.OriginalValues;
        return [.. table.Guards.Select(guard => guard.ToStored(read[guard.Property]))];
    }
}
