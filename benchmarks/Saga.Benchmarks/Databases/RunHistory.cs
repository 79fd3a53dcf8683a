using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Saga.Benchmarks.Reports;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;

namespace Saga.Benchmarks.Databases;

/// <summary>
/// Gives a database a past: copies of a run that really ended, one for each second before it, with all its rows. The database makes them itself;
/// which columns there are, the model says, so that they stay what the product stores.
/// </summary>
internal sealed class RunHistory(IBenchmarkDatabase database)
{
    // Few enough that a worker on SQLite, which waits for the one writer, does not give up.
    private const long RunsAtOnce = 50_000;

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    public async Task FillAsync(long runs, CancellationToken cancellation)
    {
        await using var dbContext = new RunDbContext(database.Options);
        dbContext.Database.SetCommandTimeout(_patience);
        var template = await dbContext.Runs.AsNoTracking().FirstAsync(run => run.CurrentState == nameof(RunStatus.Completed), cancellation);

        for (var left = runs; left > 0; left -= RunsAtOnce)
        {
            Progress.Say($"Storing {left} more runs…");
            var numbers = database.History.Numbers(Math.Max(1, left - RunsAtOnce + 1), left);
            await ExecuteAsync(Copy<Run>(nameof(Run.CorrelationId)));
            await ExecuteAsync(Copy<LedgerRow>(nameof(LedgerRow.RunId)));

            string Copy<T>(string runId) => CopyStatement(dbContext.Model.FindEntityType(typeof(T))!, runId, template.CreatedAt, numbers);
        }

        foreach (var statement in database.History.Tidy)
            await ExecuteAsync(statement);

        Task<int> ExecuteAsync(string statement) => dbContext.Database.ExecuteSqlRawAsync(statement, [template.CorrelationId], cancellation);
    }

    private string CopyStatement(IEntityType rows, string runId, DateTimeOffset moment, string numbers)
    {
        var columns = rows.GetProperties().ToList();
        var key = rows.FindProperty(runId)!.GetColumnName();
        var values = columns.Select(column => column switch
        {
            _ when column.Name == runId => database.History.RunId(moment),
            _ when (Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType) == typeof(DateTimeOffset) =>
                database.History.Earlier($"t.{column.GetColumnName()}"),
            _ => $"t.{column.GetColumnName()}",
        });
        return $$"""
            INSERT INTO {{rows.GetTableName()}} ({{string.Join(", ", columns.Select(column => column.GetColumnName()))}})
            SELECT {{string.Join(", ", values)}}
            FROM {{rows.GetTableName()}} AS t CROSS JOIN {{numbers}}
            WHERE t.{{key}} = {0}
            """;
    }
}
