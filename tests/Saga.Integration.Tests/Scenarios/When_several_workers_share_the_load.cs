using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_several_workers_share_the_load(TestServers servers)
{
    [Fact]
    public async Task All_of_them_work_and_every_run_ends_as_it_should()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        // One after the other, because the first one makes the tables.
        var one = await deployment.StartAsync(Deployment.Orchestrator, Deployment.Api);
        var started = await Task.WhenAll(
            deployment.StartAsync(Deployment.Orchestrator, Deployment.Api),
            deployment.StartAsync(Deployment.TellsEachAnswer, Deployment.Steps),
            deployment.StartAsync(Deployment.TellsEachAnswer, Deployment.Steps));
        var other = started[0];
        await deployment.StepsAreKnownAsync();

        var load = new Load();
        await load.StartAsync(200, "PT0.02S", one, other);

        await load.EndsAsIntendedAsync(one, () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
        await one.SaysAsync("is now completed");
        await other.SaysAsync("is now completed");
        await started[1].SaysAsync("Answered StepCompleted");
        await started[2].SaysAsync("Answered StepCompleted");
    }
}
