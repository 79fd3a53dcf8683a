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

/// <summary>One row to write.</summary>
/// <param name="table">Where it goes.</param>
/// <param name="kind">What happens to it.</param>
/// <param name="columns">The columns that are written, a bit for each.</param>
/// <param name="entity">Holds the values.</param>
/// <param name="guards">What the concurrency tokens were when the row was read.</param>
internal sealed class RowChange(TableShape table, RowChangeKind kind, ulong columns, object entity, object?[] guards)
{
    // Has the columns that this change leaves alone, if it follows another to the same row and both are written as one.
    private readonly RowChange? _earlier;
    private ulong _own = columns;

    private RowChange(RowChange earlier, RowChange later)
        : this(later.Table, earlier.Kind, later.Columns, later.Entity, earlier.Guards) =>
        _earlier = (earlier.Columns & ~later.Columns) != 0 ? earlier : null;

    /// <summary>Who fails when this row cannot be written; nobody, if it may be gone already.</summary>
    public SaveChain? Owner { get; set; }

    public TableShape Table => table;

    public RowChangeKind Kind => kind;

    public ulong Columns => _earlier is null ? _own : _own | _earlier.Columns;

    public object Entity => entity;

    public object?[] Guards => guards;

    public static RowChange Insert(TableShape table, object entity) => new(table, RowChangeKind.Insert, table.AllColumns, entity, []);

    public static RowChange Delete(TableShape table, object entity, object?[] guards) => new(table, RowChangeKind.Delete, 0, entity, guards);

    /// <summary>A tracked change, or null if only EF Core itself can write it.</summary>
    public static RowChange? Of(EntityEntry entry) => TableShape.Of(entry.Metadata) is not { } table ? null : entry.State switch
    {
        EntityState.Added => table.Columns.Any(column => entry.Property(column.Property).IsTemporary) ? null : Insert(table, entry.Entity),
        EntityState.Deleted => Delete(table, entry.Entity, GuardsOf(table, entry)),
        EntityState.Modified => new RowChange(table, RowChangeKind.Update, ModifiedOf(table, entry), entry.Entity, GuardsOf(table, entry)),
        _ => null,
    };

    /// <summary>Writes these columns, too.</summary>
    public void Add(ulong more) => _own |= more;

    /// <summary>The value a column is written with, or found by.</summary>
    public object? ValueOf(ColumnShape column) =>
        _earlier is not null && (_own & column.Bit) == 0 ? _earlier.ValueOf(column) : column.ValueOf(entity);

    /// <summary>
    /// Whether a later change to the same row can be written together with this one. What is inserted and deleted is not nothing: only the insert
    /// tells whether such a row was there already.
    /// </summary>
    public bool Allows(RowChange later) => (Kind, later.Kind)
        is (RowChangeKind.Insert or RowChangeKind.Update, RowChangeKind.Update) or (RowChangeKind.Update, RowChangeKind.Delete);

    /// <summary>What this change and a later one to the same row, which it allows, come to.</summary>
    public RowChange Then(RowChange later) =>
        later.Kind == RowChangeKind.Delete ? Delete(table, later.Entity, Guards) : new RowChange(this, later);

    /// <summary>Hands the change to EF Core.</summary>
    public void Track(DbContext dbContext)
    {
        ForgetReadAgain(dbContext);
        if (Kind == RowChangeKind.Insert)
        {
            dbContext.Add(entity);
            return;
        }

        var entry = dbContext.Attach(entity);
        for (var i = 0; i < table.Guards.Count; i++)
            entry.Property(table.Guards[i].Property).OriginalValue = guards[i];
        if (Kind == RowChangeKind.Delete)
            entry.State = EntityState.Deleted;
        foreach (var column in table.ColumnsOf(Columns))
            entry.Property(column.Property).IsModified = true;
    }

    // The handler may have asked the context for the row that it changes here, and a context tracks a row once.
    private void ForgetReadAgain(DbContext dbContext)
    {
        var same = dbContext.ChangeTracker.Entries().Where(entry => entry.State == EntityState.Unchanged && IsSameRow(entry)).ToList();
        same.ForEach(entry => entry.State = EntityState.Detached);
    }

    private bool IsSameRow(EntityEntry entry) => TableShape.Of(entry.Metadata) == table
        && table.Key.All(column => column.AreEqual(column.PropertyOf(entity), column.PropertyOf(entry.Entity)));

    private static ulong ModifiedOf(TableShape table, EntityEntry entry)
    {
        var modified = 0UL;
        foreach (var column in table.Columns)
        {
            if (entry.Property(column.Property).IsModified)
                modified |= column.Bit;
        }

        return modified;
    }

    private static object?[] GuardsOf(TableShape table, EntityEntry entry)
    {
        if (table.Guards.Count == 0)
            return [];
        var read = entry.OriginalValues;
        return [.. table.Guards.Select(guard => read[guard.Property])];
    }
}
