using System.Text.Json;
using RabbitMQ.Client;
using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_a_wake_is_lost(TestServers servers)
{
    private const string Runs = "saga-runs";

    [Fact]
    public async Task The_node_is_woken_again_when_its_lease_is_over()
    {
        var environment = new Dictionary<string, string> { ["Saga__Waking__PollInterval"] = "00:00:00.2", ["Saga__Waking__Lease"] = "00:00:02" };
        await using var deployment = await Deployment.CreateAsync(servers);
        var worker = await deployment.StartAsync(environment, Deployment.Orchestrator, Deployment.Steps, Deployment.Api);
        await deployment.StepsAreKnownAsync();
        var (api, run) = (new RunApi(worker), Guid.CreateVersion7());

        await using var connection = await new ConnectionFactory { Uri = deployment.Broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await api.StartPlanAsync(run, JsonElement.Parse("""{"nodes":[{"name":"rest","sleep":"PT1H"}]}"""), new { });
        await Eventually.SeeAsync("the run to sleep", deployment.Database.CountNodesToWakeAsync, nodes => nodes == 1, context: () => deployment.Output);

        // The hour is over once no wake can arrive any more.
        await channel.QueueUnbindAsync(Runs, Runs, "");
        await deployment.Database.LetTimePassAsync();
        await Eventually.SeeAsync("the node to be woken in vain", deployment.Database.CountNodesLeasedAsync, nodes => nodes == 1, context: () => deployment.Output);
        await channel.QueueBindAsync(Runs, Runs, "");

        await Eventually.SeeAsync(
            "the run to end", deployment.Database.CountEndedRunsAsync, ended => ended == 1, context: () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
    }
}
