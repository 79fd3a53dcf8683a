using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Saga.Contracts;

namespace Saga.Benchmarks.Load;

/// <summary>
/// Keeps a number of runs alive: each lane starts a run, waits for its end, and starts the next. Latency is what a caller sees, from before the
/// start is sent until the end is heard.
/// </summary>
internal sealed class LoadGenerator(IRunStarter starter, EndedRuns endedRuns, int steps, TimeSpan timeout)
{
    private static readonly JsonElement _input = JsonElement.Parse("""{"message": "hello"}""");

    private readonly string[] _plan = [.. Enumerable.Repeat("echo", steps)];

    /// <summary>How many runs were started, ever.</summary>
    public int Started => _started;

    private int _started;

    /// <summary>The step workers announce their steps a moment after they started; until then starts are refused.</summary>
    public async Task WaitUntilAcceptedAsync(CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        while ((await RunOneAsync(cancellation)).Status == EndedRun.Rejected)
        {
            // What was refused has no row.
            Interlocked.Decrement(ref _started);
            if (Stopwatch.GetElapsedTime(begun) > timeout)
                throw new TimeoutException($"Runs are still refused after {timeout.TotalSeconds:0} s: no worker announced the step `echo`.");
            await Task.Delay(200, cancellation);
        }
    }

    public async Task<LoadResult> RunAsync(int runs, int concurrency, CancellationToken cancellation)
    {
        var left = runs;
        var ends = new ConcurrentBag<(string Status, double Milliseconds)>();
        var begun = Stopwatch.GetTimestamp();
        long last = begun;
        var lanes = Enumerable.Range(0, Math.Min(runs, concurrency)).Select(_ => Task.Run(LaneAsync, cancellation));
        await Task.WhenAll(lanes);
        return new LoadResult(Stopwatch.GetElapsedTime(begun, last), [.. ends]);

        async Task LaneAsync()
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var before = Stopwatch.GetTimestamp();
                var ended = await RunOneAsync(cancellation);
                ends.Add((ended.Status, Stopwatch.GetElapsedTime(before, ended.Timestamp).TotalMilliseconds));
                InterlockedMax(ref last, ended.Timestamp);
            }
        }
    }

    private static void InterlockedMax(ref long target, long value)
    {
        for (var seen = Interlocked.Read(ref target); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }

    private async Task<EndedRun> RunOneAsync(CancellationToken cancellation)
    {
        var runId = Guid.CreateVersion7();
        var end = endedRuns.Expect(runId);
        Interlocked.Increment(ref _started);
        try
        {
            await starter.StartAsync(new StartProvisioning { RunId = runId, Steps = _plan, Input = _input }, cancellation);
            return await end.WaitAsync(timeout, cancellation);
        }
        catch (TimeoutException)
        {
            return new EndedRun(runId, "lost", Stopwatch.GetTimestamp());
        }
    }
}
