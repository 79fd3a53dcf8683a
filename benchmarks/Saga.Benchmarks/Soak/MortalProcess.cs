using Saga.Benchmarks.Load;
using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Workers;

namespace Saga.Benchmarks.Soak;

/// <summary>A place for a process that is killed again and again, and each time started anew.</summary>
internal sealed class MortalProcess(string name, DirectoryInfo folder, IReadOnlyList<string> command, TimeSpan life) : IAsyncDisposable
{
    private WorkerProcess? _process;
    private int _lives;

    /// <summary>How often it was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Starts it, however long the servers it needs are away.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        while (_process is null)
        {
            try
            {
                _lives++;
                _process = await WorkerProcess.StartAsync($"{name}.{_lives}", folder, new EndedRuns(), command, cancellation);
            }
            catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
            {
                Progress.Say($"{name} did not start and is started again: {exception.Message}");
            }
        }
    }

    /// <summary>Kills it until <paramref name="amnesty"/>; then it is alive.</summary>
    public async Task DieAndReturnAsync(CancellationToken amnesty, CancellationToken cancellation)
    {
        while (!amnesty.IsCancellationRequested)
        {
            // Half a life to one and a half, so that no two keep dying together.
#pragma warning disable CA5394 // Nobody gains by guessing it.
            var lived = Task.Delay(life * (0.5 + Random.Shared.NextDouble()), amnesty);
#pragma warning restore CA5394
            await lived.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (amnesty.IsCancellationRequested)
                return;

            await _process!.KillAsync();
            _process = null;
            Kills++;
            await StartAsync(cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.KillAsync();
    }
}
