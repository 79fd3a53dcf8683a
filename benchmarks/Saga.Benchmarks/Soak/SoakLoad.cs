using System.Text.Json;
using Npgsql;
using Saga.Benchmarks.Load;
using Saga.Benchmarks.Reports;
using Saga.Contracts;

namespace Saga.Benchmarks.Soak;

/// <summary>
/// Keeps a number of runs alive until all have been started and have ended. It believes the database alone: news of an end can be missed by a client that
/// loses its broker.
/// </summary>
internal sealed class SoakLoad(SoakSettings settings, IRunStarter starter, SoakDatabase database)
{
    public const int Steps = 3;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _longestStart = TimeSpan.FromSeconds(15);

    private readonly string[] _plan = [.. Enumerable.Repeat(Effect.Name, Steps)];

    /// <summary>Runs that were asked for, and whether each is to fail.</summary>
    public Dictionary<Guid, bool> Runs { get; } = [];

    /// <summary>How many had ended when the database last answered.</summary>
    public int Ended { get; private set; }

    public async Task StartAllAsync(Func<int, Task> onProgress, CancellationToken cancellation)
    {
        while (Runs.Count < settings.Runs)
        {
            await CountEndedAsync(cancellation);
            await onProgress(Ended);
            var starts = Enumerable.Range(0, Math.Min(settings.Runs - Runs.Count, settings.Concurrency - (Runs.Count - Ended))).Select(_ => NextStart()).ToList();
            await Task.WhenAll(starts.Select(start => StartAsync(start, cancellation)));
            await Task.Delay(_pause, cancellation);
        }
    }

    /// <summary>Waits until every run has ended, or none has for longer than the patience.</summary>
    public async Task WaitForEndsAsync(CancellationToken cancellation)
    {
        var (seen, since) = (Ended, DateTime.UtcNow);
        while (Ended < settings.Runs && DateTime.UtcNow - since < settings.Patience)
        {
            await Task.Delay(_pause, cancellation);
            await CountEndedAsync(cancellation);
            if (Ended > seen)
                (seen, since) = (Ended, DateTime.UtcNow);
        }
    }

    private StartProvisioning NextStart()
    {
        var number = Runs.Count;
        var fails = number % 100 < settings.FailingPercent;
        var start = new StartProvisioning
        {
            RunId = Guid.CreateVersion7(),
            Steps = _plan,
            Input = JsonSerializer.SerializeToElement(new { failsAt = fails ? number % Steps : (int?)null }),
        };
        Runs.Add(start.RunId, fails);
        return start;
    }

    // A start that was not confirmed is made again: with the same id that is harmless.
    private async Task StartAsync(StartProvisioning start, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                await starter.StartAsync(start, patience.Token).WaitAsync(_longestStart, cancellation);
                return;
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                Progress.Say($"The start of {start.RunId} is made again: {exception.Message}");
                await Task.Delay(_pause, cancellation);
            }
        }
    }

    private async Task CountEndedAsync(CancellationToken cancellation)
    {
        try
        {
            Ended = (int)await database.CountAsync(
                "SELECT count(*) FROM saga_runs WHERE status IN ('completed', 'rolled_back', 'failed')", cancellation);
        }
        catch (NpgsqlException)
        {
            // It has been killed; what it said last is still true.
        }
    }
}
