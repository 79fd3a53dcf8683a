using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_a_process_is_told_to_stop(TestServers servers)
{
    [Fact]
    public async Task An_orchestrator_stops_without_losing_anything()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        var orchestrator = await deployment.StartAsync(Deployment.Orchestrator);
        var api = await deployment.StartAsync(Deployment.Steps, Deployment.Api);
        await deployment.StepsAreKnownAsync();

        await StopInTheMiddleAsync(deployment, orchestrator, api, Deployment.Orchestrator);
    }

    [Fact]
    public async Task A_step_worker_stops_without_losing_anything()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        var api = await deployment.StartAsync(Deployment.Orchestrator, Deployment.Api);
        var steps = await deployment.StartAsync(Deployment.Steps);
        await deployment.StepsAreKnownAsync();

        await StopInTheMiddleAsync(deployment, steps, api, Deployment.Steps);
    }

    private static async Task StopInTheMiddleAsync(Deployment deployment, WorkerProcess stopped, WorkerProcess api, string roleOfSuccessor)
    {
        await using var gate = await Gate.HostAsync(deployment);
        var load = new Load(Gate.Step);
        var starting = load.StartAsync(100, "PT0.1S", api);

        await deployment.SomeRunsHaveEndedAsync(20);
        await gate.HoldsAsync(1);
        (await stopped.StopAsync()).ShouldBe(0, stopped.Output);
        (await deployment.Database.CountLiveRunsAsync()).ShouldBeGreaterThan(0);
        gate.Open();
        var successor = await deployment.StartAsync(roleOfSuccessor);

        await starting;
        await load.EndsAsIntendedAsync(api, () => deployment.Output);
        await deployment.ShouldBeIdleAsync();

        // What a stopped process had not acknowledged would be in its queue again.
        (await Task.WhenAll(successor.StopAsync(), api.StopAsync())).ShouldBe([0, 0], deployment.Output);
        await deployment.QueuesAreEmptyAsync("saga-runs", "saga-step-echo", "saga-step-delay", "saga-step-fail", "saga-step-fail-compensation");
    }
}
