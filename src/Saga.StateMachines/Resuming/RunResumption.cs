using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Outbox;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.StateMachine;

namespace Saga.StateMachines.Resuming;

/// <summary>
/// Wakes every run that has not ended when the process starts. The embedded mode needs it: its queues are in memory and died with the
/// process before. A durable broker keeps its queues, so there it is not registered.
/// </summary>
public sealed class RunResumption(
    IServiceScopeFactory scopes, DatabaseWatch<RunDbContext> watch, BusReach reach, IBus bus, TimeProvider clock, ILogger<RunResumption> logger)
    : BackgroundService
{
    private const int PageSize = 500;

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await reach.WaitAsync(stoppingToken);
            var woken = 0;
            for (var last = (CreatedAt: DateTimeOffset.MinValue, Id: Guid.Empty); ;)
            {
                var page = await WakeAfterAsync(last.CreatedAt, last.Id, stoppingToken);
                woken += page.Count;
                if (page.Count < PageSize)
                    break;
                last = page[^1];
            }

            if (woken > 0)
                logger.RunsResumed(woken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the next start resumes them.
        }
    }

    private async Task<List<(DateTimeOffset CreatedAt, Guid Id)>> WakeAfterAsync(DateTimeOffset createdAt, Guid id, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var page = await LiveRunsAfterAsync(createdAt, id, cancellationToken);
                var runs = await bus.GetSendEndpoint(SagaQueues.Runs);
                foreach (var run in page)
                    await runs.Send(new WakeRun { RunId = run.Id }, cancellationToken);
                return page;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Nobody else wakes them, and a database that is away for a moment must not end the process.
                if (!watch.Note(exception))
                    logger.ResumingFailed(exception);
                await Task.Delay(_pause, clock, cancellationToken);
            }
        }
    }

    private async Task<List<(DateTimeOffset CreatedAt, Guid Id)>> LiveRunsAfterAsync(DateTimeOffset createdAt, Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        var page = await dbContext.Runs.AsNoTracking()
            .Where(run => RunStates.Live.Contains(run.CurrentState))
            .Where(run => run.CreatedAt > createdAt || (run.CreatedAt == createdAt && run.CorrelationId > id))
            .OrderBy(run => run.CreatedAt).ThenBy(run => run.CorrelationId)
            .Take(PageSize)
            .Select(run => new { run.CreatedAt, run.CorrelationId })
            .ToListAsync(cancellationToken);
        return page.ConvertAll(run => (run.CreatedAt, run.CorrelationId));
    }
}
