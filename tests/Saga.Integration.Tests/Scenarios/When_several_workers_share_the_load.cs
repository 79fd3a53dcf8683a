using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_several_workers_share_the_load(TestServers servers)
{
    private static readonly Dictionary<string, string> TellsEachAnswer = new(StringComparer.Ordinal) { ["Logging__LogLevel__Saga.Consumers"] = "Debug" };

    [Fact]
    public async Task All_of_them_work_and_every_run_ends_as_it_should()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        // One after the other, because the first one makes the tables.
        var one = await deployment.StartAsync(Deployment.Orchestrator, Deployment.Api);
        var started = await Task.WhenAll(
            deployment.StartAsync(Deployment.Orchestrator, Deployment.Api),
            deployment.StartAsync(TellsEachAnswer, Deployment.Steps),
            deployment.StartAsync(TellsEachAnswer, Deployment.Steps));
        var other = started[0];
        await deployment.StepsAreKnownAsync();

        var load = new Load();
        await load.StartAsync(200, "PT0.02S", one, other);

        await load.EndsAsIntendedAsync(one, () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
        one.Output.ShouldContain("is now completed");
        other.Output.ShouldContain("is now completed");
        started[1].Output.ShouldContain("Answered StepCompleted");
        started[2].Output.ShouldContain("Answered StepCompleted");
    }
}
