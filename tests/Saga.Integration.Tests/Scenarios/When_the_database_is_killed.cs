using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_the_database_is_killed(TestServers servers)
{
    [Fact]
    public async Task Nothing_is_lost_and_starts_are_taken_again_once_it_is_back()
    {
        await using var postgres = await KillableServer.StartPostgresAsync();
        await using var deployment = await Deployment.CreateAsync(servers, postgres);
        var api = await deployment.StartAsync(Deployment.Orchestrator, Deployment.Api);
        await deployment.StartAsync(Deployment.Steps);
        await deployment.StepsAreKnownAsync();
        await using var gate = await Gate.HostAsync(deployment);
        var load = new Load(Gate.Step);
        var starting = load.StartAsync(100, "PT0.1S", api);

        await deployment.SomeRunsHaveEndedAsync(20);
        await gate.HoldsAsync(1);
        await postgres.KillAsync();
        var meanwhile = load.StartAsync(20, "PT0.05S", api);
        await api.WaitUntilNotReadyAsync();
        meanwhile.IsCompleted.ShouldBeFalse();

        // The steps are done while nothing can be stored, so their runs cannot end before it is back.
        gate.Open();
        await postgres.StartAgainAsync();
        await Task.WhenAll(starting, meanwhile);

        load.Count.ShouldBe(120);
        await load.EndsAsIntendedAsync(api, () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
    }
}
