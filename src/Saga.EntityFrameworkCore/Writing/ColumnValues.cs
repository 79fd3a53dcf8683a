namespace Saga.EntityFrameworkCore.Writing;

/// <summary>One column's values in many rows, as the typed array the driver wants.</summary>
internal static class ColumnValues
{
    public static Array Of(ColumnShape column, RowChange[] rows)
    {
        var values = Array.CreateInstance(column.StoredType, rows.Length);
        for (var i = 0; i < rows.Length; i++)
            values.SetValue(rows[i].ValueOf(column), i);
        return values;
    }

    public static Array OfGuard(ColumnShape column, int guard, RowChange[] rows)
    {
        var values = Array.CreateInstance(column.StoredType, rows.Length);
        for (var i = 0; i < rows.Length; i++)
            values.SetValue(column.ToStored(rows[i].Guards[guard]), i);
        return values;
    }
}
