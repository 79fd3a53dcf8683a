using Saga.Benchmarks.Reports;

namespace Saga.Benchmarks.Soak;

/// <summary>Compares what the orchestrator says about every run with what its steps did to the world.</summary>
internal sealed class SoakAudit(SoakDatabase runs, SoakDatabase world, BrokerQueues queues)
{
    private const string Completed = "completed";
    private const string RolledBack = "rolled_back";
    private const string TwoKeys = "SELECT count(*) FROM (SELECT FROM effects GROUP BY run, node, action HAVING count(*) > 1) AS effect";

    private static readonly TimeSpan _longestDrain = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks once nothing is on its way any more.</summary>
    /// <param name="wanted">How many runs were to be asked for.</param>
    /// <param name="expected">Each run that was asked for, and whether it was to fail.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<Check>> CheckAsync(int wanted, Dictionary<Guid, bool> expected, CancellationToken cancellation)
    {
        var outboxRows = await DrainAsync(cancellation);
        var statuses = (await runs.ReadAsync("SELECT id, status FROM saga_runs", row => (Id: row.GetGuid(0), Status: row.GetString(1)), cancellation))
            .ToDictionary(run => run.Id, run => run.Status);
        var ledger = await runs.ReadAsync(
            "SELECT run_id, name, status FROM saga_step_results",
            row => (Run: row.GetGuid(0), Node: row.GetString(1), Status: row.GetString(2)),
            cancellation);
        var executed = await NodesAsync(EffectTable.Execute, cancellation);
        var compensated = await NodesAsync(EffectTable.Compensate, cancellation);

        return
        [
            new Check("runs that were asked for", wanted, expected.Count),
            new Check("runs that were to complete and did", expected.Count(run => !run.Value), Count(expected, fails: false, Completed)),
            new Check("runs that were to be rolled back and were", expected.Count(run => run.Value), Count(expected, fails: true, RolledBack)),
            new Check("runs nobody asked for", 0, statuses.Keys.Count(run => !expected.ContainsKey(run))),
            new Check("effects of completed runs", expected.Count(run => !run.Value) * SoakLoad.Steps, executed.Count(node => Is(node.Run, Completed))),
            new Check("effects of completed runs that were compensated", 0, compensated.Count(node => Is(node.Run, Completed))),
            new Check("effects of rolled-back runs that were not compensated", 0, executed.Count(node => Is(node.Run, RolledBack) && !compensated.Contains(node))),
            new Check("compensations of what was never done", 0, compensated.Count(node => !executed.Contains(node))),
            new Check("ledger rows that disagree with the effects", 0, ledger.Count(row => row.Status != StatusOf((row.Run, row.Node)))),
            new Check("effects that are in no ledger", 0, executed.Except(ledger.Select(row => (row.Run, row.Node))).Count()),
            new Check("effects that came with two keys", 0, await world.CountAsync(TwoKeys, cancellation)),
            new Check("keys that came with two effects", 0, await world.CountAsync("SELECT count(*) FROM effects WHERE requests_differ", cancellation)),
            new Check($"outbox rows left after at most {_longestDrain.TotalMinutes:0} minutes", 0, outboxRows),
            new Check("messages in error queues", 0, await queues.CountDeadLettersAsync(cancellation)),
        ];

        bool Is(Guid run, string status) => statuses.GetValueOrDefault(run) == status;

        int Count(Dictionary<Guid, bool> asked, bool fails, string status) => asked.Count(run => run.Value == fails && Is(run.Key, status));

        string StatusOf((Guid, string) node) => compensated.Contains(node) ? "compensated" : executed.Contains(node) ? "completed" : "failed";
    }

    /// <summary>How many commands obeyed an effect that was there already.</summary>
    public Task<long> CountRepeatsAsync(CancellationToken cancellation) =>
        world.CountAsync("SELECT coalesce(sum(times - 1), 0)::bigint FROM effects", cancellation);

    private async Task<HashSet<(Guid Run, string Node)>> NodesAsync(string action, CancellationToken cancellation) =>
        [.. await world.ReadAsync($"SELECT run, node FROM effects WHERE action = '{action}'", row => (row.GetGuid(0), row.GetString(1)), cancellation)];

    private async Task<long> DrainAsync(CancellationToken cancellation)
    {
        var until = DateTime.UtcNow + _longestDrain;
        while (true)
        {
            var rows = await runs.CountAsync("SELECT count(*) FROM saga_outbox", cancellation);
            if (rows == 0 || DateTime.UtcNow > until)
                return rows;
            await Task.Delay(_pause, cancellation);
        }
    }
}
