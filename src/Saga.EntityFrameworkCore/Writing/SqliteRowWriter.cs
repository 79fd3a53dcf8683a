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
    // A statement is compiled for its connection. How many there are depends on how many sets of columns the messages change.
    private const int MostStatements = 256;

    private readonly ConditionalWeakTable<DbConnection, Dictionary<(TableShape Table, RowChangeKind Kind, ulong Columns), DbCommand>> _commands = [];

    public Task<HashSet<SaveChain>> WriteAsync(DbTransaction transaction, IEnumerable<RowGroup> groups, CancellationToken cancellationToken)
    {
        var overtaken = new HashSet<SaveChain>();
        foreach (var group in groups)
        {
            var command = CommandOf(group, transaction.Connection!);
            command.Transaction = transaction;
            foreach (var row in group.Rows)
            {
                Bind(command, group, row);
                if (!TryWrite(command) && row.Owner is { } owner)
                    overtaken.Add(owner);
            }

            CrashPoints.Reach(CrashPoint.MidBatch);
        }

        return Task.FromResult(overtaken);
    }

    private DbCommand CommandOf(RowGroup group, DbConnection connection)
    {
        var commands = _commands.GetOrCreateValue(connection);
        var key = (group.Table, group.Kind, group.Mask);
        if (commands.TryGetValue(key, out var known))
            return known;

        if (commands.Count == MostStatements)
        {
            foreach (var old in commands.Values)
                old.Dispose();
            commands.Clear();
        }

        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is made of identifiers of the model; every value is a parameter.
        command.CommandText = SqliteStatements.Of(group);
#pragma warning restore CA2100
        commands.Add(key, command);
        return command;
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
}
