using System.Collections.Concurrent;
using Npgsql;

namespace Saga.EntityFrameworkCore.Writing;

/// <summary>Makes the command that writes a group of one row.</summary>
internal sealed class PostgresRowCommands
{
    private readonly ConcurrentDictionary<(TableShape, RowChangeKind, ulong, bool), string> _statements = new();

    public NpgsqlBatchCommand Of(RowGroup group)
    {
        var kind = (group.Table, group.Kind, group.Mask, group.MayBeGone);
        var command = new NpgsqlBatchCommand(_statements.GetOrAdd(kind, static (_, of) => PostgresRowStatements.AllOrNothing(of), group));
        var (row, parameters) = (group.Rows[0], command.Parameters);
        if (group.Kind != RowChangeKind.Insert)
        {
            foreach (var column in group.Table.Key)
                parameters.Add(Value(column, row.ValueOf(column)));
            for (var guard = 0; guard < group.Table.Guards.Count; guard++)
                parameters.Add(Value(group.Table.Guards[guard], group.Table.Guards[guard].ToStored(row.Guards[guard])));
        }

        foreach (var column in group.Columns)
            parameters.Add(Value(column, row.ValueOf(column)));
        return command;
    }

    private static NpgsqlParameter Value(ColumnShape column, object? value) =>
        new() { Value = value ?? DBNull.Value, DataTypeName = column.Mapping.StoreTypeNameBase };
}
