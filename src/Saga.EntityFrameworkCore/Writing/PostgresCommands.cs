using System.Collections.Concurrent;
using Npgsql;

namespace Saga.EntityFrameworkCore.Writing;

/// <summary>
/// Makes the command that writes a group. A column is one array parameter, so the text of a statement never changes and PostgreSQL can keep its plan.
/// </summary>
/// <param name="statement">What writes a group like this.</param>
internal sealed class PostgresCommands(Func<RowGroup, string> statement)
{
    private readonly ConcurrentDictionary<(TableShape, RowChangeKind, ulong, bool), string> _statements = new();

    public NpgsqlBatchCommand Of(RowGroup group)
    {
        var kind = (group.Table, group.Kind, group.Mask, group.IsOwned);
        var command = new NpgsqlBatchCommand(_statements.GetOrAdd(kind, static (_, of) => of.statement(of.group), (statement, group)));
        if (group.Kind != RowChangeKind.Insert)
        {
            AddKeys(command.Parameters, group);
            for (var guard = 0; guard < group.Table.Guards.Count; guard++)
                command.Parameters.Add(Values(group.Table.Guards[guard], ColumnValues.OfGuard(group.Table.Guards[guard], guard, group.Rows)));
        }

        foreach (var column in group.Columns)
            command.Parameters.Add(Values(column, ColumnValues.Of(column, group.Rows)));
        return command;
    }

    /// <summary>The rows' ordinals and keys.</summary>
    public static void AddKeys(NpgsqlParameterCollection parameters, RowGroup group)
    {
        parameters.Add(new NpgsqlParameter { Value = Enumerable.Range(0, group.Rows.Length).ToArray(), DataTypeName = "integer[]" });
        foreach (var column in group.Table.Key)
            parameters.Add(Values(column, ColumnValues.Of(column, group.Rows)));
    }

    private static NpgsqlParameter Values(ColumnShape column, Array values) =>
        new() { Value = values, DataTypeName = PostgresStatements.ArrayTypeOf(column) };
}
