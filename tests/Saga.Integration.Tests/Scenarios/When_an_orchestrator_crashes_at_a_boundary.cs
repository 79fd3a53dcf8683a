using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

/// <summary>
/// Between handling a message and being done with it there are boundaries at which a crash leaves something behind, each of them something else. The
/// process kills itself there, so that no luck is needed to hit them (<c>CrashPoint</c> in Saga.EntityFrameworkCore).
/// </summary>
public sealed class When_an_orchestrator_crashes_at_a_boundary(TestServers servers)
{
    // The number is how many times it gets there before: enough for the load to be in its middle.
    [Theory]
    [InlineData("mid-batch:6", false)]
    [InlineData("before-commit:6", false)]
    [InlineData("after-commit:6", true)]
    [InlineData("mid-delivery:12", true)]
    [InlineData("before-acknowledge:50", false)]
    [InlineData("before-deletion:5", true)]
    public async Task Another_one_ends_every_run_and_nothing_counts_twice(string boundary, bool alwaysLeavesRows)
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        var planned = new Dictionary<string, string>(StringComparer.Ordinal) { ["SAGA_CRASH_AT"] = boundary };
        var orchestrator = await deployment.StartAsync(planned, Deployment.Orchestrator, Deployment.Api);
        await using var steps = await RecordingSteps.HostAsync(deployment.Broker);
        await using var news = await RecordedLoad.SubscribeAsync(deployment.Broker);
        await deployment.SeeStepAsync(RecordingSteps.Refuse);
        var load = new RecordedLoad(deployment, steps.Effects, news);

        await load.StartUntilCrashAsync(orchestrator);
        (await deployment.Database.CountEndedRunsAsync()).ShouldBeLessThan(load.Count);
        if (alwaysLeavesRows)
            (await deployment.Database.CountOutboxRowsAsync()).ShouldBeGreaterThan(0);
        steps.LetFirstThrough();
        var successor = await deployment.StartAsync(Deployment.Orchestrator, Deployment.Api);

        await load.EndsAsRecordedAsync(successor);
        await orchestrator.SaysAsync($"SAGA_CRASH_AT: killed at {boundary}.");
    }
}
