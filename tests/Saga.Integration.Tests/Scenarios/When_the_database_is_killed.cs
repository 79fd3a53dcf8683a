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
        var load = new Load();
        var starting = load.StartAsync(200, "PT2S", api);

        await deployment.SomeRunsHaveEndedAsync(20);
        await postgres.KillAsync();
        var meanwhile = load.StartAsync(20, "PT0.05S", api);
        await api.WaitUntilNotReadyAsync();
        meanwhile.IsCompleted.ShouldBeFalse();
        await postgres.StartAgainAsync();
        (await deployment.Database.CountLiveRunsAsync()).ShouldBeGreaterThan(0);
        await Task.WhenAll(starting, meanwhile);

        load.Count.ShouldBe(220);
        await load.EndsAsIntendedAsync(api, () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
    }
}
