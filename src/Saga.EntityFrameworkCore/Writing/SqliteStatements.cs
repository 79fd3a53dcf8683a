namespace Saga.EntityFrameworkCore.Writing;

/// <summary>The statements of <see cref="SqliteRowWriter"/>: the parameters are the columns, then (but for inserts) key and guards.</summary>
internal static class SqliteStatements
{
    public static string Of(RowGroup group)
    {
        var columns = group.Columns.Select((column, i) => (column.Name, Parameter: $"@p{i}")).ToList();
        return group.Kind switch
        {
            RowChangeKind.Insert => $"INSERT INTO {group.Table.Name} ({string.Join(", ", columns.Select(column => column.Name))}) "
                + $"VALUES ({string.Join(", ", columns.Select(column => column.Parameter))})",
            RowChangeKind.Update => $"UPDATE {group.Table.Name} SET {string.Join(", ", columns.Select(column => $"{column.Name} = {column.Parameter}"))} "
                + $"WHERE {Condition(group, columns.Count)}",
            _ => $"DELETE FROM {group.Table.Name} WHERE {Condition(group, columns.Count)}",
        };
    }

    private static string Condition(RowGroup group, int firstParameter) => string.Join(" AND ",
        group.Table.Key.Concat(group.Table.Guards).Select((column, i) => $"{column.Name} IS @p{firstParameter + i}"));
}
