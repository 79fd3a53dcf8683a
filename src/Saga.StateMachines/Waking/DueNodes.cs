using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Outbox;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.StateMachine;

namespace Saga.StateMachines.Waking;

/// <summary>
/// Wakes the nodes whose moment has come: retries that are due, sleeps that are over, signals that did not come in time. It takes rows by moving
/// their moment ahead (their lease), so several processes can look at once, and a wake that is lost is repeated. The sign of their wait's number says that
/// they were taken: by this clock the moment has come, whatever that of the process says that handles the wake.
/// </summary>
public sealed class DueNodes(
    IServiceScopeFactory scopes,
    DatabaseWrites<RunDbContext> writes,
    DatabaseWatch<RunDbContext> watch,
    WakeAlarm alarm,
    BusReach reach,
    IBus bus,
    TimeProvider clock,
    IOptions<WakeOptions> options,
    ILogger<DueNodes> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await reach.WaitAsync(stoppingToken);
                await TryWakeAllAsync(stoppingToken);
                await alarm.WaitAsync(clock.GetUtcNow() + options.Value.PollInterval, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; another process, or the next start, goes on.
        }
    }

    private async Task TryWakeAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await WakeAsync(cancellationToken) == options.Value.Limit)
            {
                // A full page means there may be more.
            }

            await RingForNextAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The broker's client, too, says that a send was cancelled, when it gave up waiting for the broker.
            if (!watch.Note(exception))
                logger.WakingFailed(exception);
        }
    }

    private async Task<int> WakeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        var now = clock.GetUtcNow();
        var due = await writes.RunAsync(token => Claim(dbContext, now).ToListAsync(token), cancellationToken);
        if (due.Count == 0)
            return 0;

        var runs = await bus.GetSendEndpoint(SagaQueues.Runs);

        // A send may wait for the broker for ever, but after the lease somebody wakes the node again anyway.
        await Task.WhenAll(due.Select(node =>
            runs.Send(new WakeNode { RunId = node.RunId, NodeIndex = node.NodeIndex, WakeId = node.WakeId }, cancellationToken)))
            .WaitAsync(options.Value.Lease, cancellationToken);
        logger.NodesWoken(due.Count);
        return due.Count;
    }

    private async Task RingForNextAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var soon = clock.GetUtcNow() + options.Value.PollInterval;
        var next = await scope.ServiceProvider.GetRequiredService<RunDbContext>().Ledger.AsNoTracking()
            .Where(row => row.WakeAt != null && row.WakeAt <= soon)
            .OrderBy(row => row.WakeAt).Select(row => row.WakeAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (next is { } moment)
            alarm.RingAt(moment);
    }

    private IQueryable<DueNode> Claim(RunDbContext dbContext, DateTimeOffset now)
    {
        // Materialized: a plan that ran the inner query once for each outer row would take more than the limit.
        // SQLite has one writer at a time, so there is nothing to skip.
        var skip = DatabaseKinds.Of(dbContext) == DatabaseKind.Postgres ? "FOR UPDATE SKIP LOCKED" : "";
        var sql = $$"""
            WITH due AS MATERIALIZED (
                SELECT run_id, node_index FROM saga_step_results WHERE wake_at <= {0} ORDER BY wake_at LIMIT {1} {{skip}})
            UPDATE saga_step_results SET wake_at = {2}, wake_id = -abs(wake_id)
            WHERE (run_id, node_index) IN (SELECT run_id, node_index FROM due)
            RETURNING run_id AS "RunId", node_index AS "NodeIndex", abs(wake_id) AS "WakeId"
            """;
        return dbContext.Database.SqlQueryRaw<DueNode>(sql, now.UtcDateTime, options.Value.Limit, (now + options.Value.Lease).UtcDateTime);
    }
}
