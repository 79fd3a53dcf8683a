using System.Diagnostics;
using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_the_broker_is_killed(TestServers servers)
{
    [Theory, InlineData("quorum"), InlineData("classic")]
    public async Task Nothing_is_lost_and_starts_are_accepted_meanwhile(string queueType)
    {
        var environment = new Dictionary<string, string> { ["Saga__QueueType"] = queueType };
        await using var rabbitMq = await KillableServer.StartRabbitMqAsync();
        await using var deployment = await Deployment.CreateOnBrokerAsync(servers, rabbitMq);
        var api = await deployment.StartAsync(environment, Deployment.Orchestrator, Deployment.Api);
        await deployment.StartAsync(environment, Deployment.Steps);
        await deployment.StepsAreKnownAsync();
        (await deployment.IsQueueOfTypeAsync("saga-runs", queueType)).ShouldBeTrue();
        await rabbitMq.SettleAsync();
        var load = new Load();
        var starting = load.StartAsync(200, "PT2S", api);

        await deployment.SomeRunsHaveEndedAsync(20);
        await rabbitMq.KillAsync();
        (await deployment.Database.CountLiveRunsAsync()).ShouldBeGreaterThan(0);
        var clock = Stopwatch.StartNew();
        await load.StartAsync(20, "PT0.05S", api);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), "Two rounds of starts, each of which may wait 5 s for the broker.");
        await starting;
        await rabbitMq.StartAgainAsync();

        load.Count.ShouldBe(220);
        await load.EndsAsIntendedAsync(api, () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
    }

    [Fact]
    public async Task An_api_alone_says_so_and_does_not_try_to_deliver()
    {
        await using var rabbitMq = await KillableServer.StartRabbitMqAsync();
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
            rows => rows > 0, TimeSpan.FromMinutes(1), () => deployment.Output);
        (await deployment.Database.CountOutboxRowsSweptAsync()).ShouldBe(0);
        await rabbitMq.StartAgainAsync();

        await new RunApi(api).SeeEndAsync(run);
        await api.WaitUntilReadyAsync();
        await deployment.ShouldBeIdleAsync();
    }

    [Fact]
    public async Task What_starts_meanwhile_is_ready_once_it_is_back()
    {
        await using var rabbitMq = await KillableServer.StartRabbitMqAsync();
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
