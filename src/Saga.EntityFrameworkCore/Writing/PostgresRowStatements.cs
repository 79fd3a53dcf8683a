namespace Saga.EntityFrameworkCore.Writing;

/// <summary>
/// The statements that write one row, as those of a message that comes alone do. Their parameters are values: the row's key and guards, unless it is
/// inserted, and its columns. PostgreSQL does with them what it does with arrays of one, without taking arrays apart and joining them.
/// </summary>
internal static class PostgresRowStatements
{
    /// <summary>As <see cref="PostgresStatements.FindByKey"/>. Where nothing is joined there is only one other way to find a row.</summary>
    public const string FindByKey = "SELECT set_config('enable_seqscan', 'off', true)";

    /// <summary>Fails unless the row is written, but for one that may be gone.</summary>
    public static string AllOrNothing(RowGroup group) => group.Kind switch
    {
        not RowChangeKind.Insert when group.MayBeGone => Change(group),
        _ => PostgresStatements.Checked($"{Change(group)} RETURNING 1", "count(*)", "1"),
    };

    private static string Change(RowGroup group) => group.Kind switch
    {
        RowChangeKind.Insert => $"INSERT INTO {group.Table.Name} ({Columns(group)}) VALUES ({Parameters(group)})",
        RowChangeKind.Update => $"UPDATE {group.Table.Name} SET {Assignments(group)} WHERE {Conditions(group)}",
        _ => $"DELETE FROM {group.Table.Name} WHERE {Conditions(group)}",
    };

    private static string Columns(RowGroup group) => string.Join(", ", group.Columns.Select(column => column.Name));

    private static string Parameters(RowGroup group) => string.Join(", ", group.Columns.Select((_, i) => $"${i + 1}"));

    private static string Assignments(RowGroup group)
    {
        var first = 1 + group.Table.Key.Count + group.Table.Guards.Count;
        return string.Join(", ", group.Columns.Select((column, i) => $"{column.Name} = ${first + i}"));
    }

    private static string Conditions(RowGroup group) =>
        string.Join(" AND ", group.Table.Key.Concat(group.Table.Guards).Select((column, i) => PostgresStatements.IsSame(column.Name, column, $"${i + 1}")));
}
