using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Writing;
using Saga.StateMachines.Engine;

namespace Saga.StateMachines.Persistence;

/// <summary>
/// Reads from the ledger what a decision needs, and writes into it what the engine says happened, as part of the message's transaction. What a run knows
/// of its ledger is not read again (<see cref="RunMemory"/>), and rows are changed without reading them first.
/// </summary>
public sealed class RunLedger(RunDbContext dbContext, UntrackedRows<RunDbContext> rows)
{
    private readonly LedgerRows _rows = new(rows);

    /// <summary>What these nodes received and returned, with what this message says of them, which is not in the database yet.</summary>
    /// <param name="run">The run.</param>
    /// <param name="nodes">The positions of the nodes.</param>
    /// <param name="soon">Nodes that will be asked for soon: as many of them are read as well as the run can remember, if any is read at all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyDictionary<int, NodeData>> ReadAsync(
        Run run, IReadOnlyCollection<int> nodes, IEnumerable<int> soon, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        // Reading may make the run forget the others that were asked for.
        var memory = run.Memory;
        var unknown = nodes.Where(node => !memory.TryGet(node, out _)).ToHashSet();
        var stored = unknown.Count == 0 ? [] : await ReadStoredAsync(run, unknown, soon, cancellationToken);
        return nodes.Distinct().ToDictionary(node => node, node => _rows.Newest(
            run.CorrelationId, node, memory.TryGet(node, out var known) ? known : stored.GetValueOrDefault(node)));
    }

    /// <summary>True when that wait ends after <paramref name="now"/>, and nobody has found it due.</summary>
    public Task<bool> WaitsLongerAsync(Guid runId, int node, long wakeId, DateTimeOffset now, CancellationToken cancellationToken) =>
        dbContext.Ledger.AsNoTracking().AnyAsync(
            row => row.RunId == runId && row.NodeIndex == node && row.WakeId == wakeId && row.WakeAt > now, cancellationToken);

    /// <summary>Applies the changes, in their order.</summary>
    /// <param name="run">The run.</param>
    /// <param name="before">Where it stood.</param>
    /// <param name="shape">All its nodes, with those that were laid out now.</param>
    /// <param name="changes">The changes.</param>
    public void Apply(Run run, RunState before, RunShape shape, IEnumerable<LedgerChange> changes)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(changes);
        var runId = run.CorrelationId;
        foreach (var change in changes)
        {
            _rows.EndWait(runId, change.Node, waited: change.Node < before.Nodes.Count && IsWait(before.Nodes[change.Node]));
            LedgerWriting.Apply(_rows, runId, shape, change);
        }

        run.Memory = _rows.Remember(run);
    }

    // Not tracked: a row this message changes is tracked without its other columns, and a tracking query would return that one.
    private async Task<Dictionary<int, NodeData>> ReadStoredAsync(
        Run run, HashSet<int> unknown, IEnumerable<int> soon, CancellationToken cancellationToken)
    {
        var runId = run.CorrelationId;
        int[] nodes = [.. unknown.Union(soon.Where(node => !run.Memory.TryGet(node, out _)).Take(run.Memory.Room))];
        var stored = await dbContext.Ledger.AsNoTracking()
            .Where(row => row.RunId == runId && nodes.Contains(row.NodeIndex))
            .Select(row => new { row.NodeIndex, Data = new NodeData(row.Input, row.Output, row.Snapshot, row.Resumption) })
            .ToDictionaryAsync(row => row.NodeIndex, row => row.Data, cancellationToken);
        run.Memory = run.Memory.WithRead(stored);

        // What this message changes is not in the database yet, and the run must not remember what was there before.
        run.Memory = _rows.Remember(run);
        return stored;
    }

    private static bool IsWait(NodeStatus status) => status is NodeStatus.Waiting or NodeStatus.Retrying or NodeStatus.CompensationRetrying;
}
