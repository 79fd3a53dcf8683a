using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Saga.EntityFrameworkCore.Databases;
using Saga.StateMachines.Persistence;

namespace Saga.StateMachines.Faults;

/// <summary>
/// Has what was given up handled again when the process starts, which may be of a version that can. Only the embedded mode needs it, which keeps it in the outbox; elsewhere somebody
/// puts it back from the error queue.
/// </summary>
internal sealed class FaultRevival(FaultBook book, DatabaseWatch<RunDbContext> watch, TimeProvider clock, ILogger<FaultRevival> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!await TryAsync(stoppingToken))
                await Task.Delay(_pause, clock, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the next start does it.
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await book.ReviveAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!watch.Note(exception))
                logger.ResumingFailed(exception);
            return false;
        }
    }
}
