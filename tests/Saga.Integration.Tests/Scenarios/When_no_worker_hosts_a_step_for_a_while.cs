using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_no_worker_hosts_a_step_for_a_while(TestServers servers)
{
    [Fact]
    public async Task The_run_says_what_it_waits_for_and_completes_once_a_worker_is_there()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        var api = new RunApi(await deployment.StartAsync(Deployment.Orchestrator, Deployment.Api));
        var steps = await deployment.StartAsync(Deployment.Steps);
        await deployment.StepsAreKnownAsync();
        await steps.KillAsync();

        var id = await api.StartAsync(["echo"]);

        var run = await Eventually.SeeAsync(
            "the run to wait",
            cancellation => api.ReadAsync(id, cancellation),
            seen => seen.GetProperty("waitingOn").GetArrayLength() == 1,
            context: () => deployment.Output);
        run.GetProperty("status").GetString().ShouldBe("running");
        run.GetProperty("waitingOn")[0].GetProperty("step").GetString().ShouldBe("echo");
        run.GetProperty("waitingOn")[0].GetProperty("for").GetString().ShouldBe("execute");

        await deployment.StartAsync(Deployment.Steps);
        (await api.SeeEndAsync(id, () => deployment.Output)).GetProperty("status").GetString().ShouldBe("completed");
    }
}
