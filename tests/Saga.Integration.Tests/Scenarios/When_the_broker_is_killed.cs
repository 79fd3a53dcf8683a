using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Saga.Worker.Hosting;
using Saga.Worker.Messaging;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

[Collection(nameof(MortalBroker))]
public sealed class When_the_broker_is_killed(TestServers servers, MortalBroker broker)
{
    [Theory, InlineData(QueueType.Quorum), InlineData(QueueType.Classic)]
    public async Task Nothing_is_lost_and_starts_are_accepted_meanwhile(QueueType queueType)
    {
        var environment = new Dictionary<string, string> { ["Saga__QueueType"] = queueType.Name() };
        var rabbitMq = await broker.ReviveAsync();
        await using var deployment = await Deployment.CreateOnBrokerAsync(servers, rabbitMq);
        var api = await deployment.StartAsync(environment, Deployment.Orchestrator, Deployment.Api);
        await deployment.StartAsync(environment, Deployment.Steps);
        await deployment.StepsAreKnownAsync();
        await using var gate = await Gate.HostAsync(deployment, queueType);
        (await deployment.IsQueueOfTypeAsync("saga-runs", queueType.Name())).ShouldBeTrue();
        await rabbitMq.SettleAsync();
        var load = new Load(Gate.Step);
        var starting = load.StartAsync(100, "PT0.1S", api);

        await deployment.SomeRunsHaveEndedAsync(20);
        await gate.HoldsAsync(1);
        await rabbitMq.KillAsync();
        (await deployment.Database.CountLiveRunsAsync()).ShouldBeGreaterThan(0);
        gate.Open();
        await load.StartAsync(20, "PT0.05S", api);
        await starting;
        await rabbitMq.StartAgainAsync();

        load.Count.ShouldBe(120);
        await load.EndsAsIntendedAsync(api, () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
    }

    [Fact]
    public async Task An_api_alone_says_so_and_does_not_try_to_deliver()
    {
        var rabbitMq = await broker.ReviveAsync();
        await using var deployment = await Deployment.CreateOnBrokerAsync(servers, rabbitMq);
        await deployment.StartAsync(Deployment.Orchestrator, Deployment.Steps);
        var api = await deployment.StartAsync(Deployment.Api);
        await deployment.StepsAreKnownAsync();
        await rabbitMq.SettleAsync();

        await rabbitMq.KillAsync();
        await api.WaitUntilNotReadyAsync();
        var run = await new RunApi(api).StartAsync(["echo"]);

        // A sweep that tried in vain would put the next try off, each time for longer.
        await Eventually.SeeAsync("the start to be due for two sweeps", cancellation => deployment.Database.CountOutboxRowsDueForAsync(5, cancellation),
            rows => rows > 0, context: () => deployment.Output);
        (await deployment.Database.CountOutboxRowsSweptAsync()).ShouldBe(0);
        await rabbitMq.StartAgainAsync();

        await new RunApi(api).SeeEndAsync(run);
        await api.WaitUntilReadyAsync();
        await deployment.ShouldBeIdleAsync();
    }

    [Fact]
    public async Task What_starts_meanwhile_is_ready_once_it_is_back()
    {
        var rabbitMq = await broker.ReviveAsync();
        await using var deployment = await Deployment.CreateOnBrokerAsync(servers, rabbitMq);
        await rabbitMq.SettleAsync();
        await rabbitMq.KillAsync();

        var starting = deployment.StartAsync(Deployment.Orchestrator, Deployment.Steps, Deployment.Api);
        await Eventually.SeeAsync("the database to be made, which comes before the broker", _ => deployment.Database.KnowsStepAsync("echo"), known => known);
        await rabbitMq.StartAgainAsync();

        var api = new RunApi(await starting);
        (await api.SeeEndAsync(await api.StartAsync(["echo"]))).GetProperty("status").GetString().ShouldBe("completed", deployment.Output);
    }
}
