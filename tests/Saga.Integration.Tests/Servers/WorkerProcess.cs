using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Saga.Integration.Tests.Servers;

/// <summary>A worker (<c>saga server</c>) in a process of its own, which a test may kill.</summary>
public sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ProcessOutput _output = new();
    private readonly string? _folderToDelete;

    private WorkerProcess(WorkerSettings settings, Uri url)
    {
        _folderToDelete = settings.Folder is null ? Directory.CreateTempSubdirectory("saga-worker-").FullName : null;
        Http = new HttpClient { BaseAddress = url };
        var start = new ProcessStartInfo("dotnet", [Repository.SagaDll, "server"])
        {
            UseShellExecute = false,
            WorkingDirectory = settings.Folder ?? _folderToDelete,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = url.ToString();
        start.Environment["Saga__Roles"] = settings.Roles;
        Set(start, "ConnectionStrings__Database", settings.Database);
        Set(start, "ConnectionStrings__Broker", settings.Broker?.ToString());
        foreach (var (name, value) in settings.Environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _output.Capture(_process);
    }

    /// <summary>A client of its HTTP API.</summary>
    public HttpClient Http { get; }

    public Uri Url => Http.BaseAddress!;

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>The last lines that it wrote.</summary>
    public string Output => $"Output of worker {_process.Id}:{Environment.NewLine}{_output}";

    /// <summary>Returns once the worker is ready to work.</summary>
    public static async Task<WorkerProcess> StartAsync(WorkerSettings settings)
    {
        var attempt = 0;
        while (true)
        {
            attempt++;
            var worker = new WorkerProcess(settings, FreeUrl());
            try
            {
                await worker.WaitUntilReadyAsync();
                return worker;
            }
            catch (GivenUpException) when (attempt < 10 && worker.Output.Contains("already in use", StringComparison.OrdinalIgnoreCase))
            {
                // Someone took the port between our finding it free and the worker's listening on it.
                await worker.DisposeAsync();
            }
            catch
            {
                await worker.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Returns once <c>/health/ready</c> says so: at the start, or again after a server was away.</summary>
    public Task WaitUntilReadyAsync() => Eventually.TrueAsync(
        "the worker to be ready",
        async cancellation =>
        {
            if (_process.HasExited)
            {
                throw new GivenUpException($"The worker ended with {_process.ExitCode} instead of becoming ready. {Output}");
            }

            using var response = await Http.GetAsync("health/ready", cancellation);
            return response.IsSuccessStatusCode;
        },
        context: () => Output);

    /// <summary>Returns once <c>/health/ready</c> says that it is not.</summary>
    public Task WaitUntilNotReadyAsync() => Eventually.TrueAsync(
        "the worker to say that it is not ready",
        async cancellation =>
        {
            using var response = await Http.GetAsync("health/ready", cancellation);
            return !response.IsSuccessStatusCode;
        },
        context: () => Output);

    /// <summary>Returns once it has written this. What a process writes is read a moment later, even when it has ended since.</summary>
    public Task SaysAsync(string text) => Eventually.TrueAsync(
        $"the worker to say \"{text}\"",
        _ => Task.FromResult(Output.Contains(text, StringComparison.Ordinal)),
        context: () => Output);

    /// <summary>Ends it as a crash would (SIGKILL): nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end (SIGTERM), as a deployment would, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
        using var deadline = new CancellationTokenSource(Patience.Limit);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await KillAsync();
        _process.Dispose();
        if (_folderToDelete is not null)
        {
            Directory.Delete(_folderToDelete, recursive: true);
        }
    }

    private static void Set(ProcessStartInfo start, string name, string? value)
    {
        // Nothing of the machine's own configuration may reach the worker of a test.
        start.Environment.Remove(name);
        if (value is not null)
        {
            start.Environment[name] = value;
        }
    }

    private static Uri FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
