using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Plans;

namespace Saga.Worker.Tests.Api.Support;

/// <summary>Puts runs into the database as they might stand there, without anybody walking them.</summary>
internal static class StoredRuns
{
    public static async Task StoreAsync(this EmbeddedWorker worker, string plan, Action<Run> run, params LedgerRow[] ledger)
    {
        var read = PlanReader.Read(JsonElement.Parse(plan), new PlanReading()).Plan!;
        await worker.Services.GetRequiredService<PlanStore>().AddAsync(read, CancellationToken.None);
        await using var scope = worker.Services.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        var stored = new Run { CorrelationId = Guid.CreateVersion7(), CurrentState = "Completed", PlanHash = read.Hash, Nodes = $"c{read.Root.Nodes.Length}" };
        run(stored);
        dbContext.Add(stored);
        foreach (var row in ledger)
        {
            row.RunId = stored.CorrelationId;
            dbContext.Add(row);
        }

        await dbContext.SaveChangesAsync();
    }
}
