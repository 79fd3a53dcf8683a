using System.Collections.Concurrent;

namespace Saga.Benchmarks.Load;

/// <summary>Brings those who wait for a run together with the news of its end.</summary>
internal sealed class EndedRuns
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<EndedRun>> _expected = new();
    private long _repeats;

    /// <summary>Ends that were announced again, or that nobody waited for any more.</summary>
    public long Repeats => Interlocked.Read(ref _repeats);

    /// <summary>Must be called before the run starts: its end could otherwise come first.</summary>
    public Task<EndedRun> Expect(Guid runId) =>
        _expected.GetOrAdd(runId, _ => new TaskCompletionSource<EndedRun>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Tell(EndedRun ended)
    {
        if (!_expected.TryRemove(ended.RunId, out var waiting) || !waiting.TrySetResult(ended))
            Interlocked.Increment(ref _repeats);
    }
}
