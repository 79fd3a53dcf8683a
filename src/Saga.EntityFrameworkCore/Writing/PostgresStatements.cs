using Npgsql;

namespace Saga.EntityFrameworkCore.Writing;

/// <summary>
/// The statements that write many rows. Their parameters are arrays: for inserts the columns, otherwise the rows' ordinals, keys, guards and columns.
/// </summary>
internal static class PostgresStatements
{
    /// <summary>
    /// Makes the transaction find rows by their keys, one by one. Left to itself PostgreSQL reads the whole of a table that is small, and goes on
    /// doing so while it grows: the plan of a prepared statement is kept until the table is analyzed again.
    /// </summary>
    public const string FindByKey =
        "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)";

    /// <summary>The SQLSTATE with which <see cref="AllOrNothing"/> fails when it misses a row: no text is a number.</summary>
    public const string RowMissing = PostgresErrorCodes.InvalidTextRepresentation;

    // Stands in the error, and so in the server's log.
    private const string Overtaken = "Some rows were changed or deleted meanwhile, so the batch is written again without them. Rows written:";

    public static string ArrayTypeOf(ColumnShape column) => $"{column.Mapping.StoreTypeNameBase}[]";

    /// <summary>
    /// Passes over what was overtaken: updates and deletes return the ordinals of the rows they wrote, and what an insert left out shows in its count.
    /// </summary>
    public static string TellingOvertaken(RowGroup group) => group.Kind switch
    {
        RowChangeKind.Insert => $"{Insert(group)} ON CONFLICT DO NOTHING",
        _ => Change(group),
    };

    /// <summary>
    /// Fails unless every row is written, but for rows that may be gone. A trigger can pass over an insert, and where other tables inherit from this one a key
    /// can be there twice, which must not make up for one that is missing.
    /// </summary>
    public static string AllOrNothing(RowGroup group) => group.Kind switch
    {
        RowChangeKind.Insert => Checked($"{Insert(group)} RETURNING 1", "count(*)", "cardinality($1)"),
        _ when group.MayBeGone => Change(group),
        _ => Checked(Change(group), "count(DISTINCT o)", "cardinality($1)"),
    };

    /// <summary>A statement that fails when it writes fewer rows than it should. What fails is no constant expression, or the planner would fail at once.</summary>
    public static string Checked(string statement, string count, string expected) =>
        $"WITH written AS ({statement}) SELECT CASE WHEN {count} < {expected} THEN ('{Overtaken} ' || {count})::integer END FROM written";

    /// <summary>The condition that finds a row by a column of its key, or by a guard, which may be null.</summary>
    public static string IsSame(string name, ColumnShape column, string value) => $"{name} {(column.Property.IsNullable ? "IS NOT DISTINCT FROM" : "=")} {value}";

    /// <summary>Returns the ordinals of the keys of which this transaction has written no row, given ordinals and keys.</summary>
    public static string NotInserted(TableShape table)
    {
        var names = string.Join(", ", table.Key.Select((_, i) => $"k{i}"));
        var sameKey = string.Join(" AND ", table.Key.Select((column, i) => $"t.{column.Name} = v.k{i}"));
        return $"SELECT v.o FROM unnest({Parameters(1 + table.Key.Count)}) AS v(o, {names}) "
            + $"WHERE NOT EXISTS (SELECT 1 FROM {table.Name} AS t WHERE {sameKey} AND t.xmin = pg_current_xact_id()::xid)";
    }

    private static string Insert(RowGroup group)
    {
        var columns = string.Join(", ", group.Columns.Select(column => column.Name));
        return $"INSERT INTO {group.Table.Name} ({columns}) SELECT * FROM unnest({Parameters(group.Columns.Count)})";
    }

    private static string Change(RowGroup group) => group.Kind == RowChangeKind.Update
        ? $"UPDATE {group.Table.Name} AS t SET {Assignments(group)} FROM {Found(group)} RETURNING v.o"
        : $"DELETE FROM {group.Table.Name} AS t USING {Found(group)} RETURNING v.o";

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
            .. key.Select((column, i) => IsSame($"t.{column.Name}", column, $"v.k{i}")),
            .. guards.Select((column, i) => IsSame($"t.{column.Name}", column, $"v.g{i}")),
        ];
        return $"unnest({Parameters(names.Length)}) AS v({string.Join(", ", names)}) WHERE {string.Join(" AND ", conditions)}";
    }

    private static string Parameters(int count) => string.Join(", ", Enumerable.Range(1, count).Select(i => $"${i}"));
}
