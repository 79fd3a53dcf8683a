using System.Text.Json;
using RabbitMQ.Client;
using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_a_queue_cannot_be_read(TestServers servers)
{
    private const string Unreadable = "saga-steps-announced";

    [Fact]
    public async Task Timers_go_off_all_the_same()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        await (await deployment.StartAsync(Deployment.Orchestrator)).KillAsync();
        await using var connection = await new ConnectionFactory { Uri = deployment.Broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();

        // Of another kind than the orchestrator wants.
        await channel.QueueDeleteAsync(Unreadable);
        await channel.QueueDeclareAsync(Unreadable, durable: true, exclusive: false, autoDelete: false);
        var starting = deployment.StartAsync(Deployment.Orchestrator);

        var start = new { runId = Guid.CreateVersion7(), plan = new { nodes = new[] { new { name = "rest", sleep = "PT1S" } } } };
        await new PlainSender(deployment.Broker).SendAsync("saga-runs", JsonSerializer.Serialize(start), "StartProvisioning");

        await deployment.SomeRunsHaveEndedAsync(1);
        starting.IsCompleted.ShouldBeFalse();
        await channel.QueueDeleteAsync(Unreadable);
        await starting;
        await deployment.ShouldBeIdleAsync();
    }
}
