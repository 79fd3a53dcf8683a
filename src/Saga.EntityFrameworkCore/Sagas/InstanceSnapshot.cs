using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>What an instance was when it was read, so that its changed columns are known without EF Core tracking it.</summary>
internal sealed class InstanceSnapshot(TableShape table, object instance)
{
    private readonly object?[] _values = [.. table.Columns.Select(column => column.Snapshot(column.PropertyOf(instance)))];

    public bool IsChanged => ChangedColumns() != 0;

    /// <summary>The update that makes the row what the instance is now.</summary>
    public RowChange Update() => new(table, RowChangeKind.Update, ChangedColumns(), instance, Guards());

    public RowChange Delete() => RowChange.Delete(table, instance, Guards());

    private ulong ChangedColumns()
    {
        var changed = 0UL;
        foreach (var column in table.Columns)
        {
            if (!column.AreEqual(_values[column.Ordinal], column.PropertyOf(instance)))
                changed |= column.Bit;
        }

        return changed;
    }

    private object?[] Guards() => [.. table.Guards.Select(guard => _values[guard.Ordinal])];
}
