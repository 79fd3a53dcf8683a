using Microsoft.EntityFrameworkCore;
using Saga.StateMachines.Persistence;

namespace Saga.Worker.Database;

/// <summary>
/// Turns the columns that an earlier version declared as <c>json</c> into <c>TEXT</c>. SQLite stored bare numbers in them as numbers, rounded to 15 digits where they had more. Their
/// type is changed in the schema itself, which leaves the rows as they are (https://www.sqlite.org/lang_altertable.html, section 7); then the numbers are written as text.
/// </summary>
internal static class SqliteTextColumns
{
    private const string Declared = "\" json";
    private const string Wanted = "\" TEXT";

    public static async Task MakeAsync(RunDbContext dbContext, CancellationToken cancellationToken)
    {
        var database = dbContext.Database;
        var columns = await database.SqlQuery<Column>(
            $"SELECT m.name AS \"Table\", c.name AS \"Name\" FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name LIKE 'saga!_%' ESCAPE '!' AND c.type = 'json'")
            .ToListAsync(cancellationToken);
        if (columns.Count == 0)
            return;

        await database.OpenConnectionAsync(cancellationToken);
        try
        {
            var version = (await database.SqlQuery<long>($"SELECT schema_version AS Value FROM pragma_schema_version").ToListAsync(cancellationToken)).Single();
            await database.ExecuteSqlRawAsync("PRAGMA writable_schema = ON", cancellationToken);
            await using var transaction = await database.BeginTransactionAsync(cancellationToken);
            await database.ExecuteSqlAsync(
                $"UPDATE sqlite_master SET sql = replace(sql, {Declared}, {Wanted}) WHERE type = 'table' AND name LIKE 'saga!_%' ESCAPE '!'", cancellationToken);
#pragma warning disable EF1002, S2077 // A number, and names of the schema.
            await database.ExecuteSqlRawAsync($"PRAGMA schema_version = {version + 1}", cancellationToken);
            await database.ExecuteSqlRawAsync("PRAGMA writable_schema = RESET", cancellationToken);
            foreach (var (table, name) in columns)
                await database.ExecuteSqlRawAsync(Text(table, name), cancellationToken);
#pragma warning restore EF1002, S2077
            await transaction.CommitAsync(cancellationToken);
        }
        finally
        {
            await database.ExecuteSqlRawAsync("PRAGMA writable_schema = OFF", CancellationToken.None);
            await database.CloseConnectionAsync();
        }
    }

    // What was too large for SQLite became infinity, of which JSON has no value; such a number is the nearest.
    private static string Text(string table, string name) =>
        $"""
        UPDATE "{table}" SET "{name}" = CASE
          WHEN typeof("{name}") = 'integer' THEN CAST("{name}" AS TEXT)
          WHEN abs("{name}") > 1.7976931348623157e308 THEN iif("{name}" > 0, '9e999', '-9e999')
          ELSE printf('%!.17g', "{name}") END
        WHERE typeof("{name}") IN ('integer', 'real')
        """;

    private sealed record Column(string Table, string Name);
}
