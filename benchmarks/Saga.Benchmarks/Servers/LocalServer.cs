namespace Saga.Benchmarks.Servers;

/// <summary>
/// A server on this machine and all its processes, watched from outside through <c>/proc</c>. Where it cannot be seen (another machine, another
/// system, another user) there is none.
/// </summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private static readonly TimeSpan _watchEvery = TimeSpan.FromSeconds(1);

    private readonly int _root;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private long _peakBytes;

    private LocalServer(string name, int root)
    {
        Name = name;
        _root = root;
        _watching = Task.Run(WatchAsync);
    }

    public string Name { get; }

    /// <summary>The most memory seen so far, looking every second.</summary>
    public long PeakBytes => Interlocked.Read(ref _peakBytes);

    /// <summary>Null when the server has ended.</summary>
    public double? CpuSeconds => ProcessTree.CpuSeconds(_root);

    public static LocalServer? Find(string name, int? port) =>
        OperatingSystem.IsLinux() && port is { } known && ListeningProcess.On(known) is { } root ? new LocalServer(name, root) : null;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(_watchEvery);
        try
        {
            do
                _peakBytes = Math.Max(_peakBytes, ProcessTree.ProportionalBytes(_root));
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Nobody looks any more.
        }
    }
}
