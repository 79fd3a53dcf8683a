using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.Crashes;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.EntityFrameworkCore.Writing;

/// <summary>One statement for each group, run once for each row: SQLite is in this process, so there are no round trips to save.</summary>
internal sealed class SqliteRowWriter : IRowWriter
{
    private readonly ConditionalWeakTable<DbConnection, SqliteCommands> _commands = [];

    public Task<HashSet<SaveChain>> WriteAsync(DbTransaction transaction, IEnumerable<RowGroup> groups, CancellationToken cancellationToken)
    {
        var overtaken = new HashSet<SaveChain>();
        var commands = _commands.GetValue(transaction.Connection!, static connection => new SqliteCommands(connection));
        foreach (var group in groups)
        {
            var command = commands.Of(group);
            command.Transaction = transaction;
            foreach (var row in group.Rows)
            {
                Bind(command, group, row);
                if (!TryWrite(command) && row.Owner is { } owner)
                    overtaken.Add(owner);
            }

            Unbind(command);
            CrashPoints.Reach(CrashPoint.MidBatch);
        }

        return Task.FromResult(overtaken);
    }

    private static bool TryWrite(DbCommand command)
    {
        try
        {
            return command.ExecuteNonQuery() > 0;
        }
        catch (SqliteException exception) when (DatabaseFailure.IsKeyTaken(exception))
        {
            // Only the statement is undone; the transaction goes on, so that every row that was overtaken is found.
            return false;
        }
    }

    // The mapping knows the type of the parameter; from row to row only the value changes.
    private static void Bind(DbCommand command, RowGroup group, RowChange row)
    {
        var next = 0;
        void Set(ColumnShape column, object? stored)
        {
            if (next == command.Parameters.Count)
                command.Parameters.Add(column.Mapping.CreateParameter(command, $"@p{next}", value: null, nullable: true));
            command.Parameters[next++].Value = stored ?? DBNull.Value;
        }

        foreach (var column in group.Columns)
            Set(column, row.ValueOf(column));
        if (group.Kind == RowChangeKind.Insert)
            return;
        foreach (var column in group.Table.Key)
            Set(column, row.ValueOf(column));
        for (var guard = 0; guard < group.Table.Guards.Count; guard++)
            Set(group.Table.Guards[guard], group.Table.Guards[guard].ToStored(row.Guards[guard]));
    }

    // The command stays, and must not keep the values of its last row from being collected.
    private static void Unbind(DbCommand command)
    {
        foreach (DbParameter parameter in command.Parameters)
            parameter.Value = DBNull.Value;
    }
}
