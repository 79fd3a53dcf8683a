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
        var load = new Load();
        var starting = load.StartAsync(200, "PT1S", api);

        await deployment.SomeRunsHaveEndedAsync(20);
        await steps.KillAsync();
        (await deployment.Database.CountLiveRunsAsync()).ShouldBeGreaterThan(0);
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
        var both = await Task.WhenAll(deployment.StartAsync(Deployment.Steps), deployment.StartAsync(Deployment.Steps));
        await deployment.StepsAreKnownAsync();
        var load = new Load();
        var starting = load.StartAsync(200, "PT1S", api);

        await deployment.SomeRunsHaveEndedAsync(20);
        await both[0].KillAsync();
        (await deployment.Database.CountLiveRunsAsync()).ShouldBeGreaterThan(0);

        await starting;
        await load.EndsAsIntendedAsync(api, () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
    }
}
