using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_a_step_worker_is_killed(TestServers servers)
{
    [Fact]
    public async Task The_runs_go_on_once_it_is_started_again()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        var api = await deployment.StartAsync(Deployment.Orchestrator, Deployment.Api);
        var steps = await deployment.StartAsync(Deployment.Steps);
        await deployment.StepsAreKnownAsync();
        await using var gate = await Gate.HostAsync(deployment);
        var load = new Load(Gate.Step);
        var starting = load.StartAsync(100, "PT0.1S", api);

        await deployment.SomeRunsHaveEndedAsync(20);
        await gate.HoldsAsync(1);
        await steps.KillAsync();
        (await deployment.Database.CountLiveRunsAsync()).ShouldBeGreaterThan(0);
        gate.Open();
        await deployment.StartAsync(Deployment.Steps);

        await starting;
        await load.EndsAsIntendedAsync(api, () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
    }

    [Fact]
    public async Task Another_one_takes_its_commands_over()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        var api = await deployment.StartAsync(Deployment.Orchestrator, Deployment.Api);
        var both = await Task.WhenAll(
            deployment.StartAsync(Deployment.TellsEachAnswer, Deployment.Steps), deployment.StartAsync(Deployment.TellsEachAnswer, Deployment.Steps));
        await deployment.StepsAreKnownAsync();
        await using var gate = await Gate.HostAsync(deployment);
        var load = new Load(Gate.Step);
        var starting = load.StartAsync(100, "PT0.1S", api);

        // It has a part in the load, because the broker gives the commands out in turn.
        await deployment.SomeRunsHaveEndedAsync(20);
        await both[0].SaysAsync("Answered StepCompleted");
        await gate.HoldsAsync(1);
        await both[0].KillAsync();
        (await deployment.Database.CountLiveRunsAsync()).ShouldBeGreaterThan(0);
        gate.Open();

        await starting;
        await load.EndsAsIntendedAsync(api, () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
    }
}
