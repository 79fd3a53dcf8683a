namespace Saga.EntityFrameworkCore.Writing;

/// <summary>Rows that one statement can write: the same table, the same kind of change, the same columns.</summary>
internal sealed class RowGroup
{
    private RowGroup(IGrouping<(TableShape Table, RowChangeKind Kind, ulong Columns), RowChange> rows)
    {
        (Table, Kind, var mask) = rows.Key;
        Columns = mask == Table.AllColumns ? Table.Columns : [.. Table.ColumnsOf(mask)];
        Mask = mask;
        Rows = [.. rows];
        if (Kind != RowChangeKind.Insert)
            Array.Sort(Rows, InKeyOrder);
    }

    public TableShape Table { get; }

    public RowChangeKind Kind { get; }

    public ulong Mask { get; }

    public IReadOnlyList<ColumnShape> Columns { get; }

    public RowChange[] Rows { get; }

    /// <summary>The groups in an order that foreign keys allow.</summary>
    public static IEnumerable<RowGroup> Of(IEnumerable<RowChange> rows) => rows
        .GroupBy(row => (row.Table, row.Kind, row.Columns))
        .Select(group => new RowGroup(group))
        .OrderBy(group => group.Kind)
        .ThenBy(group => group.Kind == RowChangeKind.Delete ? -group.Table.Depth : group.Table.Depth);

    // Every process locks rows in the same order, so that two batches never wait for each other.
    private static int InKeyOrder(RowChange one, RowChange other)
    {
        foreach (var column in one.Table.Key)
        {
            var order = Comparer<object>.Default.Compare(one.ValueOf(column), other.ValueOf(column));
            if (order != 0)
                return order;
        }

        return 0;
    }
}
