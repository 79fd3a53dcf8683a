using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_an_orchestrator_is_killed(TestServers servers)
{
    [Fact]
    public async Task The_runs_go_on_once_it_is_started_again()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        var orchestrator = await deployment.StartAsync(Deployment.Orchestrator);
        var api = await deployment.StartAsync(Deployment.Steps, Deployment.Api);
        await deployment.StepsAreKnownAsync();
        await using var gate = await Gate.HostAsync(deployment);
        var load = new Load(Gate.Step);
        var starting = load.StartAsync(100, "PT0.1S", api);

        await deployment.SomeRunsHaveEndedAsync(20);
        await gate.HoldsAsync(1);
        await orchestrator.KillAsync();
        (await deployment.Database.CountLiveRunsAsync()).ShouldBeGreaterThan(0);
        gate.Open();
        await deployment.StartAsync(Deployment.Orchestrator);

        await starting;
        await load.EndsAsIntendedAsync(api, () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
    }

    [Fact]
    public async Task Another_one_takes_its_runs_over()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        var orchestrator = await deployment.StartAsync(Deployment.Talkative, Deployment.Orchestrator);
        var api = await deployment.StartAsync(Deployment.Orchestrator, Deployment.Steps, Deployment.Api);
        await deployment.StepsAreKnownAsync();
        await using var gate = await Gate.HostAsync(deployment);
        var load = new Load(Gate.Step);
        var starting = load.StartAsync(100, "PT0.1S", api);

        // It has a part in the load, because the broker gives the starts out in turn.
        await deployment.SomeRunsHaveEndedAsync(20);
        await orchestrator.SaysAsync("is now");
        await gate.HoldsAsync(1);
        await orchestrator.KillAsync();
        (await deployment.Database.CountLiveRunsAsync()).ShouldBeGreaterThan(0);
        gate.Open();

        await starting;
        await load.EndsAsIntendedAsync(api, () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
    }
}
