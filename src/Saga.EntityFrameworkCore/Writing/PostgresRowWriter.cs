using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;
using Saga.EntityFrameworkCore.Batching;

namespace Saga.EntityFrameworkCore.Writing;

/// <summary>
/// One statement for each group, whatever its size, and all of them in one round trip: a column is one array parameter, so the text of a statement never changes
/// and PostgreSQL can keep its plan.
/// </summary>
internal sealed class PostgresRowWriter : IRowWriter
{
    private readonly ConcurrentDictionary<(TableShape, RowChangeKind, ulong), string> _statements = new();

    public async Task<HashSet<PendingSave>> WriteAsync(DbTransaction transaction, IEnumerable<RowGroup> groups, CancellationToken cancellationToken)
    {
        var statements = groups.ToList();
        await using var batch = new NpgsqlBatch((NpgsqlConnection)transaction.Connection!, (NpgsqlTransaction)transaction);
        statements.ForEach(group => batch.BatchCommands.Add(Command(group)));

        var overtaken = new HashSet<PendingSave>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var group in statements)
        {
            await AddOvertakenAsync(overtaken, group, reader, cancellationToken);
            await reader.NextResultAsync(cancellationToken);
        }

        return overtaken;
    }

    private NpgsqlBatchCommand Command(RowGroup group)
    {
        var command = new NpgsqlBatchCommand(_statements.GetOrAdd((group.Table, group.Kind, group.Mask), static (_, g) => PostgresStatements.Of(g), group));
        void Add(Array values, string type) => command.Parameters.Add(new NpgsqlParameter { Value = values, DataTypeName = type });

        Add(Enumerable.Range(0, group.Rows.Length).ToArray(), "integer[]");
        if (group.Kind != RowChangeKind.Insert)
        {
            foreach (var column in group.Table.Key)
                Add(ColumnValues.Of(column, group.Rows), PostgresStatements.ArrayTypeOf(column));
            for (var guard = 0; guard < group.Table.Guards.Count; guard++)
                Add(ColumnValues.OfGuard(group.Table.Guards[guard], guard, group.Rows), PostgresStatements.ArrayTypeOf(group.Table.Guards[guard]));
        }

        foreach (var column in group.Columns)
            Add(ColumnValues.Of(column, group.Rows), PostgresStatements.ArrayTypeOf(column));
        return command;
    }

    private static async Task AddOvertakenAsync(HashSet<PendingSave> overtaken, RowGroup group, NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var written = new bool[group.Rows.Length];
        while (await reader.ReadAsync(cancellationToken))
            written[reader.GetInt32(0)] = true;

        for (var i = 0; i < written.Length; i++)
        {
            if (!written[i] && group.Rows[i].Owner is { } owner)
                overtaken.Add(owner);
        }
    }
}
