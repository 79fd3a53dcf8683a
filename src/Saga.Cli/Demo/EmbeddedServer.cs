using Microsoft.AspNetCore.Builder;
using Saga.Cli.Api;
using Saga.Cli.Serving;

namespace Saga.Cli.Demo;

/// <summary>A whole server in this process, on a free port and with a data folder of its own, that leaves nothing behind.</summary>
internal sealed class EmbeddedServer(Surroundings surroundings) : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(3);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("saga-demo-");
    private WebApplication? _server;

    /// <summary>Starts the server and waits until it is ready.</summary>
    /// <returns>Its address.</returns>
    public async Task<Uri> StartAsync(CancellationToken cancellation)
    {
        await StartHostAsync(cancellation);
        Uri address = ServerAddress.Resolve(_server!.Urls.First(), null);
        using var api = new ApiClient(address, surroundings.Connect(address));
        await WaitUntilReadyAsync(api, cancellation);
        return address;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_server is not null)
            {
                using var enough = new CancellationTokenSource(LongestStop, surroundings.Time);
                await _server.StopAsync(enough.Token);
                await _server.DisposeAsync();
            }
        }
        finally
        {
            _data.Delete(recursive: true);
        }
    }

    private async Task StartHostAsync(CancellationToken cancellation)
    {
        try
        {
            _server = surroundings.BuildServer(
            [
                // Port 0 is any free one. The broker is emptied and the roles are set because the environment may name others.
                "--urls=http://127.0.0.1:0",
                $"--ConnectionStrings:Database=Data Source={Path.Combine(_data.FullName, "saga.db")}",
                "--ConnectionStrings:Broker=",
                "--Saga:Roles=orchestrator,steps,api",
                "--Logging:Console:LogLevel:Default=None",
            ]);
            await _server.StartAsync(cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Any failure to start is told the same way as by `saga server`.
            throw new CommandFailedException(StartFailure.Explain(failure));
        }
    }

    private async Task WaitUntilReadyAsync(ApiClient api, CancellationToken cancellation)
    {
        long begun = surroundings.Time.GetTimestamp();
        while (!await api.IsReadyAsync(cancellation))
        {
            if (surroundings.Time.GetElapsedTime(begun) > LongestStart)
                throw new CommandFailedException(new Problem { Title = $"The embedded server was not ready within {LongestStart.TotalSeconds:0} s." });
            await Task.Delay(surroundings.PollEvery, surroundings.Time, cancellation);
        }
    }
}
