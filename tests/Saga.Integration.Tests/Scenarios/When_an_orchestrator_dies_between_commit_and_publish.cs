using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

[Collection(nameof(MortalBroker))]
public sealed class When_an_orchestrator_dies_between_commit_and_publish(TestServers servers, MortalBroker broker)
{
    [Fact]
    public async Task Another_one_publishes_what_it_finds_in_the_outbox()
    {
        var rabbitMq = await broker.ReviveAsync();
        await using var deployment = await Deployment.CreateOnBrokerAsync(servers, rabbitMq);
        var orchestrator = await deployment.StartAsync(Deployment.Orchestrator, Deployment.Api);
        await deployment.StartAsync(Deployment.Steps);
        await deployment.StepsAreKnownAsync();
        await using var gate = await Gate.HostAsync(deployment);
        await rabbitMq.SettleAsync();
        const int runs = 60;
        var load = new Load(Gate.Step);
        await load.StartAsync(runs, "PT0.1S", orchestrator);

        // Only those are left that wait for their gate, after which each has another step to do: what commits then is a command.
        await deployment.SomeRunsHaveEndedAsync(Load.EndingOf(runs));
        await gate.HoldsAsync(1);

        // Transactions wait at their last statement; the broker hangs; then they commit, and no message gets through.
        await using (await deployment.Database.HoldOutboxAsync())
        {
            gate.Open();
            await Eventually.SeeAsync("commits to wait", deployment.Database.CountCommitsHeldAsync, held => held >= 1, context: () => deployment.Output);
            await rabbitMq.FreezeAsync();
        }

        await Eventually.SeeAsync(
            "commands to steps in the outbox",
            cancellation => deployment.Database.CountOutboxRowsToAsync("saga-step-", cancellation),
            rows => rows > 0,
            context: () => deployment.Output);
        await orchestrator.KillAsync();
        await rabbitMq.KillAsync();
        var left = await deployment.Database.CountOutboxRowsToAsync("saga-step-");
        await rabbitMq.StartAgainAsync();
        var successor = await deployment.StartAsync(Deployment.Orchestrator, Deployment.Api);

        left.ShouldBeGreaterThan(0);
        await load.EndsAsIntendedAsync(successor, () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
        await successor.SaysAsync("outbox rows that were left behind");
    }
}
