using System.Diagnostics;
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
    private long _lastEnd;

    /// <summary>Runs that were asked for, and whether each is to fail.</summary>
    public Dictionary<Guid, bool> Runs { get; } = [];

    /// <summary>How many had ended when the database last answered.</summary>
    public int Ended { get; private set; }

    // With every place of the load taken by a run that never ends, none could be started any more either.
    private bool IsStalled => Stopwatch.GetElapsedTime(_lastEnd) > settings.Patience;

    /// <summary>Starts runs until all are, or none has ended for longer than the patience.</summary>
    public async Task StartAllAsync(Func<int, Task> onProgress, CancellationToken cancellation)
    {
        _lastEnd = Stopwatch.GetTimestamp();
        while (Runs.Count < settings.Runs && !await IsStalledAsync(cancellation))
        {
            await onProgress(Ended);
            var starts = Enumerable.Range(0, Math.Min(settings.Runs - Runs.Count, settings.Concurrency - (Runs.Count - Ended))).Select(_ => NextStart()).ToList();
            await Task.WhenAll(starts.Select(start => StartAsync(start, cancellation)));
            await Task.Delay(_pause, cancellation);
        }
    }

    /// <summary>Waits until every run has ended, or none has for longer than the patience.</summary>
    public async Task WaitForEndsAsync(CancellationToken cancellation)
    {
        while (!await IsStalledAsync(cancellation) && Ended < settings.Runs)
            await Task.Delay(_pause, cancellation);
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
        while (!IsStalled)
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

    private async Task<bool> IsStalledAsync(CancellationToken cancellation)
    {
        await CountEndedAsync(cancellation);
        return IsStalled;
    }

    private async Task CountEndedAsync(CancellationToken cancellation)
    {
        try
        {
            var ended = (int)await database.CountAsync(
                "SELECT count(*) FROM saga_runs WHERE status IN ('completed', 'rolled_back', 'failed')", cancellation);
            if (ended > Ended)
                (Ended, _lastEnd) = (ended, Stopwatch.GetTimestamp());
        }
        catch (NpgsqlException)
        {
            // It has been killed; what it said last is still true.
        }
    }
}
