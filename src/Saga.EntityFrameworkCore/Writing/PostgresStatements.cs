namespace Saga.EntityFrameworkCore.Writing;

/// <summary>
/// The statements of <see cref="PostgresRowWriter"/>. Their parameters are arrays: the rows' ordinals, then (but for inserts) keys and guards, then the
/// columns. Each returns the ordinals of the rows it wrote; the others were overtaken.
/// </summary>
internal static class PostgresStatements
{
    public static string ArrayTypeOf(ColumnShape column) => $"{column.Mapping.StoreTypeNameBase}[]";

    public static string Of(RowGroup group) => group.Kind switch
    {
        RowChangeKind.Insert => Insert(group),
        RowChangeKind.Update => $"UPDATE {group.Table.Name} AS t SET {Assignments(group)} FROM {Found(group)} RETURNING v.o",
        _ => $"DELETE FROM {group.Table.Name} AS t USING {Found(group)} RETURNING v.o",
    };

    // INSERT cannot return where a row came from, so what it returns is looked up.
    private static string Insert(RowGroup group)
    {
        var columns = string.Join(", ", group.Columns.Select(column => column.Name));
        var key = string.Join(", ", group.Table.Key.Select(column => column.Name));
        return $"WITH v AS (SELECT * FROM unnest({Parameters(1 + group.Columns.Count)}) AS v(o, {columns})), "
            + $"inserted AS (INSERT INTO {group.Table.Name} ({columns}) SELECT {columns} FROM v ON CONFLICT DO NOTHING RETURNING {key}) "
            + $"SELECT v.o FROM v JOIN inserted USING ({key})";
    }

    private static string Assignments(RowGroup group) =>
        string.Join(", ", group.Columns.Select((column, i) => $"{column.Name} = v.c{i}"));

    private static string Found(RowGroup group)
    {
        var (key, guards) = (group.Table.Key, group.Table.Guards);
        string[] names =
        [
            "o",
            .. key.Select((_, i) => $"k{i}"),
            .. guards.Select((_, i) => $"g{i}"),
            .. group.Columns.Select((_, i) => $"c{i}"),
        ];
        string[] conditions =
        [
            .. key.Select((column, i) => $"t.{column.Name} = v.k{i}"),
            .. guards.Select((column, i) => column.Property.IsNullable ? $"t.{column.Name} IS NOT DISTINCT FROM v.g{i}" : $"t.{column.Name} = v.g{i}"),
        ];
        return $"unnest({Parameters(names.Length)}) AS v({string.Join(", ", names)}) WHERE {string.Join(" AND ", conditions)}";
    }

    private static string Parameters(int count) => string.Join(", ", Enumerable.Range(1, count).Select(i => $"${i}"));
}
