using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;

namespace Saga.Integration.Tests.Scenarios;

/// <summary>SQLite and queues in memory: all that survives is the file.</summary>
public sealed class When_an_embedded_server_is_killed : IDisposable
{
    private readonly WorkerSettings _settings = new() { Folder = Directory.CreateTempSubdirectory("saga-embedded-").FullName };

    [Fact]
    public async Task Every_run_it_had_accepted_ends_after_the_next_start()
    {
        var load = new Load(Load.AwaitSignal);
        await using (var server = await WorkerProcess.StartAsync(_settings))
        {
            await load.StartAsync(16, "PT0.5S", server);
            await server.KillAsync();
        }

        await ResumesAndEndsAsync(load);
    }

    [Fact]
    public async Task Runs_in_the_middle_go_on_after_the_next_start()
    {
        var load = new Load(Load.AwaitSignal);
        await using (var server = await WorkerProcess.StartAsync(_settings))
        {
            await load.StartAsync(100, "PT0.5S", server);
            await Eventually.SeeAsync("some runs to end", new RunApi(server).CountEndedAsync, ended => ended >= 5, context: () => server.Output);
            await server.KillAsync();
        }

        await ResumesAndEndsAsync(load);
    }

    [Fact]
    public async Task Runs_that_sleep_or_wait_go_on_after_the_next_start()
    {
        var load = new WaitingLoad();
        await using (var server = await WorkerProcess.StartAsync(_settings))
        {
            var api = new RunApi(server);
            await load.StartAsync(4, api);
            await load.SignalAsync("answer", api);
            await load.SeeAsync("asks", "completed", api, () => server.Output);
            await server.KillAsync();
        }

        await using var next = await WorkerProcess.StartAsync(_settings);
        await load.SignalAsync("go", new RunApi(next));
        await load.EndsAsIntendedAsync(new RunApi(next), () => next.Output);
    }

    public void Dispose() => Directory.Delete(_settings.Folder!, recursive: true);

    private async Task ResumesAndEndsAsync(Load load)
    {
        await using var server = await WorkerProcess.StartAsync(_settings);
        await server.SaysAsync(" runs that had not ended");
        await load.LetGoAsync(server);
        await load.EndsAsIntendedAsync(server, () => server.Output);
    }
}
