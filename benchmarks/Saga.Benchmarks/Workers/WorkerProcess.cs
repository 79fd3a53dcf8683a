using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;
using Saga.Benchmarks.Load;

namespace Saga.Benchmarks.Workers;

/// <summary>A worker in a process of its own, so that what it uses can be told from what everything else uses.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan _longestStart = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _longestStop = TimeSpan.FromSeconds(20);

    // The one that runs this program: the folder of its runtime is three below it.
    private static readonly string _dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private readonly Process _process;
    private readonly EndedRuns _endedRuns;
    private readonly FileInfo _log;
    private readonly Channel<WorkerSample> _samples = Channel.CreateUnbounded<WorkerSample>();
    private readonly TaskCompletionSource<Uri?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerProcess(string name, Process process, FileInfo log, EndedRuns endedRuns)
    {
        Name = name;
        _process = process;
        _log = log;
        _endedRuns = endedRuns;
        new Thread(Listen) { IsBackground = true, Name = name }.Start();
    }

    public string Name { get; }

    /// <summary>Where it answers HTTP; null when it does not.</summary>
    public Uri? Address { get; private set; }

    /// <summary>Starts it and waits until it can be used.</summary>
    /// <param name="name">What reports call it.</param>
    /// <param name="folder">Where its log goes.</param>
    /// <param name="endedRuns">Hears of the ends that it tells.</param>
    /// <param name="command">The command of this program that it is, and its arguments.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<WorkerProcess> StartAsync(
        string name, DirectoryInfo folder, EndedRuns endedRuns, IEnumerable<string> command, CancellationToken cancellation)
    {
        var log = new FileInfo(Path.Combine(folder.FullName, $"{name}.log"));
        var start = new ProcessStartInfo(_dotnet) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[typeof(WorkerProcess).Assembly.Location, .. command, "--log", log.FullName])
            start.ArgumentList.Add(argument);

        var worker = new WorkerProcess(name, Process.Start(start)!, log, endedRuns);
        try
        {
            worker.Address = await worker._ready.Task.WaitAsync(_longestStart, cancellation);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    public async Task<WorkerSample> SampleAsync(CancellationToken cancellation)
    {
        await TellAsync(WorkerLines.Sample);
        return await _samples.Reader.ReadAsync(cancellation);
    }

    /// <summary>Closes the idle database connections of the worker.</summary>
    public async Task DisconnectAsync(CancellationToken cancellation)
    {
        await TellAsync(WorkerLines.Disconnect);
        // Orders are obeyed one after the other, so with this answer the one before is done.
        await SampleAsync(cancellation);
    }

    /// <summary>Ends it as a crash would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var enough = new CancellationTokenSource(_longestStop);
        try
        {
            await _process.WaitForExitAsync(enough.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task TellAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
    }

    private void Listen()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            var rest = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            if (line.StartsWith("ended ", StringComparison.Ordinal))
                _endedRuns.Tell(WorkerLines.ParseEnded(rest));
            else if (line.StartsWith("sample ", StringComparison.Ordinal))
                _samples.Writer.TryWrite(JsonSerializer.Deserialize<WorkerSample>(rest)!);
            else if (line.StartsWith("ready ", StringComparison.Ordinal))
                _ready.TrySetResult(rest.Length > 0 ? new Uri(rest) : null);
        }

        var ended = new InvalidOperationException($"The process {Name} ended. Its log says:{Environment.NewLine}{LastWords()}");
        _ready.TrySetException(ended);
        _samples.Writer.TryComplete(ended);
    }

    private string LastWords() => _log.Exists ? string.Join(Environment.NewLine, File.ReadLines(_log.FullName).TakeLast(20)) : "nothing.";
}
