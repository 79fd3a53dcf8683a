using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Outbox;
using Saga.StateMachines.Persistence;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Documentation;

public sealed partial class The_page_about_running
{
    private static readonly string _text = Page.At("docs/operations/running.md").Text;

    [Fact]
    public void Lists_every_table()
    {
        using var dbContext = new DesignTimeRunDbContextFactory().CreateDbContext([]);

        Table().Matches(_text).Select(row => row.Groups["name"].Value)
            .ShouldBe(dbContext.Model.GetEntityTypes().Select(type => type.GetTableName()), ignoreOrder: true);
    }

    [Fact]
    public async Task Removes_old_runs_with_all_that_belongs_to_them_and_no_others()
    {
        await using var worker = await EmbeddedWorker.StartAsync();
        var parent = await worker.StartRunAsync("""{"plan":{"nodes":[{"name":"c","child":{"plan":{"nodes":[{"name":"gate","signal":"go"}]}}}]}}""");
        var child = (await worker.RunAsync(parent, run => run.GetProperty("waitingOn").GetArrayLength() == 1)).GetProperty("waitingOn")[0].GetProperty("childRunId").GetGuid();
        await worker.RunAsync(child, run => run.GetProperty("waitingOn").GetArrayLength() == 1);
        using var sent = await worker.PostAsync($"/api/runs/{child}/signals/go");
        await worker.EndedRunAsync(child, "completed");
        await worker.EndedRunAsync(parent, "completed");
        await GiveUpAsync(worker, child);
        var live = await worker.StartRunAsync("""{"plan":{"nodes":[{"name":"gate","signal":"go"}]}}""");

        (await RemoveAsync(worker, "2000-01-01")).ShouldBe(0);
        (await LeftAsync(worker)).ShouldBe((3, 1, 1));
        await RemoveAsync(worker, "2999-01-01");
        (await LeftAsync(worker)).ShouldBe((2, 1, 1));
        await RemoveAsync(worker, "2999-01-01");
        (await LeftAsync(worker)).ShouldBe((1, 0, 0));
        (await RemoveAsync(worker, "2999-01-01")).ShouldBe(0);

        (await worker.GetAsync($"/api/runs/{live}")).GetProperty("status").GetString().ShouldNotBe("completed");
    }

    // A message of the run that cannot be handled, kept in the outbox.
    private static async Task GiveUpAsync(EmbeddedWorker worker, Guid run)
    {
        await using var scope = worker.Services.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        var now = TimeProvider.System.GetUtcNow();
        var row = new OutboxMessage
        {
            Id = Guid.CreateVersion7(), Destination = "exchange:saga-runs", ContentType = "application/json", Body = "{}"u8.ToArray(), Properties = "{}",
            CreatedAt = now, DueAt = now.AddYears(1000),
        };
        dbContext.Add(row);
        dbContext.Add(new FaultRow
        {
            MessageId = Guid.CreateVersion7(), RunId = run, Message = "StepCompleted", Queue = "saga-runs", Exception = "System.Exception", Error = "No.",
            Since = now, LastAt = now, Tries = 1, OutboxId = row.Id,
        });
        await dbContext.SaveChangesAsync();
    }

    private static async Task<int> RemoveAsync(EmbeddedWorker worker, string before)
    {
        var statements = Recipe().Match(_text).Groups["sql"].Value.Replace("2026-01-01", before, StringComparison.Ordinal).Split(';', StringSplitOptions.TrimEntries);
        statements.Length.ShouldBe(8);
        await using var scope = worker.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunDbContext>().Database;
        var removed = 0;
        foreach (var statement in statements[1..6])
            removed += await database.ExecuteSqlRawAsync(statement);
        return removed;
    }

    private static async Task<(int Runs, int Signals, int Faults)> LeftAsync(EmbeddedWorker worker)
    {
        await using var scope = worker.Services.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        var runs = await dbContext.Runs.AsNoTracking().Select(run => run.CorrelationId).ToListAsync();
        (await dbContext.Ledger.AsNoTracking().CountAsync(row => !runs.Contains(row.RunId))).ShouldBe(0);
        var faults = await dbContext.Faults.AsNoTracking().CountAsync();
        (await dbContext.Set<OutboxMessage>().AsNoTracking().CountAsync(row => row.ContentType == "application/json")).ShouldBe(faults);
        return (runs.Count, await dbContext.Signals.AsNoTracking().CountAsync(), faults);
    }

    [GeneratedRegex(@"^\| `(?<name>saga_\w+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Table();

    [GeneratedRegex("^```sql\n(?<sql>BEGIN;.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Recipe();
}
