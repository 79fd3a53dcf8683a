using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_an_orchestrator_is_killed_while_runs_wait(TestServers servers)
{
    [Fact]
    public async Task Another_one_wakes_them_and_nothing_is_left_to_be_woken()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        var victim = await deployment.StartAsync(Deployment.Talkative, Deployment.Orchestrator);
        var worker = await deployment.StartAsync(Deployment.Orchestrator, Deployment.Steps, Deployment.Api);
        await deployment.StepsAreKnownAsync();
        var (api, load) = (new RunApi(worker), new WaitingLoad(deployment.Broker));

        await load.StartAsync(24, api);
        await load.SignalAsync("answer", api);
        await Eventually.SeeAsync("nodes to be woken", deployment.Database.CountNodesToWakeAsync, nodes => nodes > 0, context: () => deployment.Output);

        // It has a part in the load, because the broker gives the starts out in turn. None ends before it is told to go on.
        await victim.SaysAsync("is now");
        await victim.KillAsync();
        await load.SignalAsync("go", api);

        await load.EndsAsIntendedAsync(api, () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
        (await deployment.Database.CountNodesToWakeAsync()).ShouldBe(0);
        (await deployment.Database.CountLiveRunsAsync()).ShouldBe(0, "A child outlived its parent.");
    }
}
