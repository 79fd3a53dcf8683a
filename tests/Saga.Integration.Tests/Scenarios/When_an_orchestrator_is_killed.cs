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
        var load = new Load();
        var starting = load.StartAsync(200, "PT1S", api);

        await deployment.SomeRunsHaveEndedAsync(20);
        await orchestrator.KillAsync();
        (await deployment.Database.CountLiveRunsAsync()).ShouldBeGreaterThan(0);
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
        var load = new Load();
        var starting = load.StartAsync(200, "PT1S", api);

        await deployment.SomeRunsHaveEndedAsync(20);
        await orchestrator.KillAsync();
        (await deployment.Database.CountLiveRunsAsync()).ShouldBeGreaterThan(0);
        orchestrator.Output.ShouldContain("is now", customMessage: "The killed one had no part in the load.");

        await starting;
        await load.EndsAsIntendedAsync(api, () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
    }
}
