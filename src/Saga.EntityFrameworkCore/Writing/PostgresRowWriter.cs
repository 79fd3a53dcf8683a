using System.Data.Common;
using Npgsql;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.Crashes;

namespace Saga.EntityFrameworkCore.Writing;

/// <summary>
/// One statement for each group, whatever its size, and all of them in one round trip. They tell which rows were overtaken, so the commit is another.
/// </summary>
internal sealed class PostgresRowWriter : IRowWriter
{
    private readonly PostgresCommands _commands = new(PostgresStatements.TellingOvertaken);

    public async Task<HashSet<SaveChain>> WriteAsync(DbTransaction transaction, IEnumerable<RowGroup> groups, CancellationToken cancellationToken)
    {
        var (connection, statements) = ((NpgsqlConnection)transaction.Connection!, groups.ToList());
        await using var batch = new NpgsqlBatch(connection, (NpgsqlTransaction)transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgresStatements.FindByKey));
        statements.ForEach(group => batch.BatchCommands.Add(_commands.Of(group)));

        var overtaken = new HashSet<SaveChain>();
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            foreach (var group in statements.Where(group => group.Kind != RowChangeKind.Insert))
            {
                await reader.NextResultAsync(cancellationToken);
                await AddUnwrittenAsync(overtaken, group, reader, cancellationToken);
                CrashPoints.Reach(CrashPoint.MidBatch);
            }
        }

        for (var i = 0; i < statements.Count; i++)
        {
            // The first command is none of theirs.
            if (statements[i].Kind == RowChangeKind.Insert && batch.BatchCommands[i + 1].RecordsAffected < statements[i].Rows.Length)
                await AddNotInsertedAsync(overtaken, statements[i], statements, connection, cancellationToken);
        }

        return overtaken;
    }

    private static async Task AddUnwrittenAsync(HashSet<SaveChain> overtaken, RowGroup group, NpgsqlDataReader reader, CancellationToken cancellationToken)
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

    // INSERT cannot return where a row came from, so only when one is missing is it asked which.
    private static async Task AddNotInsertedAsync(
        HashSet<SaveChain> overtaken, RowGroup group, IEnumerable<RowGroup> batch, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        overtaken.UnionWith(OvertakenInBatch(group, batch));
#pragma warning disable CA2100 // The text is made of identifiers of the model; every value is a parameter.
        await using var command = new NpgsqlCommand(PostgresStatements.NotInserted(group.Table), connection);
#pragma warning restore CA2100
        PostgresCommands.AddKeys(command.Parameters, group);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (group.Rows[reader.GetInt32(0)].Owner is { } owner)
                overtaken.Add(owner);
        }
    }

    // The database only says which keys have a row of this transaction. Of several inserts of one key the first has made it; and if the transaction has updated
    // such a row, it was there before.
    private static IEnumerable<SaveChain> OvertakenInBatch(RowGroup group, IEnumerable<RowGroup> batch)
    {
        var keys = batch.Where(other => other.Table == group.Table && other.Kind == RowChangeKind.Update)
            .SelectMany(other => other.Rows)
            .Select(row => new RowKey(row))
            .ToHashSet();
        return group.Rows.Where(row => !keys.Add(new RowKey(row))).Select(row => row.Owner).OfType<SaveChain>();
    }
}
