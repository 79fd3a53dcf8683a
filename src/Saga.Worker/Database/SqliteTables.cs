using Microsoft.EntityFrameworkCore;
using Saga.StateMachines.Persistence;
using Saga.Worker.Hosting;

namespace Saga.Worker.Database;

/// <summary>
/// Makes the tables of a SQLite file. What an earlier version did not have is added as a whole; tables that are there get no columns, and a file in which one lacks a
/// column is refused.
/// </summary>
internal static class SqliteTables
{
    /// <summary>Makes the tables unless they are there.</summary>
    /// <exception cref="SettingsException">They are those of another version.</exception>
    public static async Task MakeAsync(RunDbContext dbContext, string file, CancellationToken cancellationToken)
    {
        await dbContext.Database.EnsureCreatedAsync(cancellationToken);
        await AddMissingAsync(dbContext, cancellationToken);
        await SqliteTextColumns.MakeAsync(dbContext, cancellationToken);
        foreach (var type in dbContext.Model.GetEntityTypes())
        {
            var table = type.GetTableName()!;
            var stored = await dbContext.Database.SqlQuery<string>($"SELECT name AS Value FROM pragma_table_info({table})").ToListAsync(cancellationToken);
            var missing = type.GetProperties().Select(property => property.GetColumnName()).Except(stored, StringComparer.Ordinal).ToList();
            if (missing.Count == 0)
                continue;

            throw new SettingsException(
            [
                $"{file} was made by another version of this program: its table {table} has no {string.Join(", ", missing)}. The tables of a SQLite file are not changed. "
                + "Let the version that made it finish its runs, then move the file away, or name another with ConnectionStrings:Database. PostgreSQL databases are migrated.",
            ]);
        }
    }

    // The script has a statement for each table and for each index, and names what it is for in quotes.
    private static async Task AddMissingAsync(RunDbContext dbContext, CancellationToken cancellationToken)
    {
        var stored = await dbContext.Database.SqlQuery<string>($"SELECT name AS Value FROM sqlite_master WHERE type = 'table'").ToListAsync(cancellationToken);
        var missing = dbContext.Model.GetEntityTypes().Select(type => type.GetTableName()!).Except(stored, StringComparer.Ordinal).ToList();
        foreach (var statement in missing.Count == 0 ? [] : dbContext.Database.GenerateCreateScript().Split(';'))
        {
            if (missing.Exists(table => statement.Contains($"CREATE TABLE \"{table}\"", StringComparison.Ordinal) || statement.Contains($"ON \"{table}\"", StringComparison.Ordinal)))
                await dbContext.Database.ExecuteSqlRawAsync(statement, cancellationToken);
        }
    }
}
