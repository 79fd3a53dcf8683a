using System.Net;
using Shouldly;

namespace Saga.Integration.Tests.Servers;

public sealed class When_a_worker_runs_in_a_process_of_its_own(TestServers servers)
{
    [Fact]
    public async Task It_is_ready_once_its_database_and_its_broker_are_and_stops_when_asked()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await using var virtualHost = await servers.CreateVirtualHostAsync();
        await using var worker = await WorkerProcess.StartAsync(
            new WorkerSettings { Database = database.ConnectionString, Broker = virtualHost.Uri });

        using var runs = await worker.Http.GetAsync("api/runs");
        runs.StatusCode.ShouldBe(HttpStatusCode.OK);

        (await worker.StopAsync()).ShouldBe(0, worker.Output);
    }

    [Fact]
    public async Task A_kill_leaves_nothing_of_it()
    {
        await using var worker = await WorkerProcess.StartAsync(new WorkerSettings());

        await worker.KillAsync();

        worker.HasEnded.ShouldBeTrue();
        await Should.ThrowAsync<HttpRequestException>(worker.Http.GetAsync("health/live"));
    }

    [Fact]
    public async Task A_start_that_fails_says_what_the_worker_said()
    {
        var failure = await Should.ThrowAsync<GivenUpException>(StartAsync(new WorkerSettings { Roles = "cook" }));

        failure.Message.ShouldContain("instead of becoming ready");
        failure.Message.ShouldContain("cook");
    }

    private static async Task StartAsync(WorkerSettings settings)
    {
        await using var worker = await WorkerProcess.StartAsync(settings);
    }
}
