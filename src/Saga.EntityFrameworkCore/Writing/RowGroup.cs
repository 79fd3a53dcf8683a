namespace Saga.EntityFrameworkCore.Writing;

/// <summary>Rows that one statement can write: the same table, the same kind of change, the same columns.</summary>
internal sealed class RowGroup
{
    private static readonly Comparer<object?[]> _inKeyOrder = Comparer<object?[]>.Create(CompareKeys);

    private RowGroup(IGrouping<(TableShape Table, RowChangeKind Kind, ulong Columns), RowChange> rows)
    {
        (Table, Kind, var mask) = rows.Key;
        Columns = mask == Table.AllColumns ? Table.Columns : [.. Table.ColumnsOf(mask)];
        Mask = mask;
        Rows = [.. rows];
        if (Kind != RowChangeKind.Insert)
            SortByKey();
        var owned = Rows.Count(static row => row.Owner is not null);
        (IsOwned, MayBeGone) = (owned == Rows.Length, owned == 0);
    }

    public TableShape Table { get; }

    public RowChangeKind Kind { get; }

    public ulong Mask { get; }

    public IReadOnlyList<ColumnShape> Columns { get; }

    public RowChange[] Rows { get; }

    /// <summary>Somebody fails for each of these rows that cannot be written.</summary>
    public bool IsOwned { get; }

    /// <summary>Nobody fails when some of these rows are gone already.</summary>
    public bool MayBeGone { get; }

    /// <summary>The groups in an order that foreign keys allow.</summary>
    public static IEnumerable<RowGroup> Of(IEnumerable<RowChange> rows) => rows
        .GroupBy(row => (row.Table, row.Kind, row.Columns))
        .Select(group => new RowGroup(group))
        .OrderBy(group => group.Kind)
        .ThenBy(group => group.Kind == RowChangeKind.Delete ? -group.Table.Depth : group.Table.Depth)
        .ThenBy(group => group.Table.Name, StringComparer.Ordinal)
        .ThenBy(group => group.Mask);

    // Every process locks rows in the same order, so that two batches hardly ever wait for each other. Two of which one changes a row's one columns and the
    // other its others still can; then the database ends one, which is saved one by one. Each row's key is read once: values that are read are boxed.
    private void SortByKey()
    {
        if (Table.Key is [var only])
        {
            Array.Sort(Array.ConvertAll(Rows, row => row.ValueOf(only)), Rows, Comparer<object?>.Default);
            return;
        }

        Array.Sort(Array.ConvertAll(Rows, KeyOf), Rows, _inKeyOrder);
    }

    private object?[] KeyOf(RowChange row)
    {
        var key = new object?[Table.Key.Count];
        for (var i = 0; i < key.Length; i++)
            key[i] = row.ValueOf(Table.Key[i]);
        return key;
    }

    private static int CompareKeys(object?[] one, object?[] other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            var order = Comparer<object?>.Default.Compare(one[i], other[i]);
            if (order != 0)
                return order;
        }

        return 0;
    }
}
