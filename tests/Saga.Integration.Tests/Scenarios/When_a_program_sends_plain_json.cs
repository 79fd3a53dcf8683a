using System.Text.Json;
using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_a_program_sends_plain_json(SingleWorker worker) : IClassFixture<SingleWorker>
{
    private static readonly string Client = Repository.PathOf("tests", "plain-json-client");

    [Theory]
    [InlineData("Saga.Contracts:StartProvisioning")]
    [InlineData("saga-runs")]
    public async Task The_run_completes(string exchange)
    {
        Directory.Exists(Path.Combine(Client, "node_modules")).ShouldBeTrue($"Run `npm ci` in {Client} first, as test.sh does.");
        await using var news = await News.SubscribeAsync(worker.Broker, "ProvisioningAccepted", "ProvisioningCompleted");
        var id = Guid.NewGuid();

        var (exitCode, output) = await ProgramRun.RunAsync(
            Client, "node", "start-run.mjs", "--url", worker.Broker.ToString(), "--run-id", id.ToString(), "--steps", "echo,echo",
            "--input", """{"message":{"from":"node"}}""", "--to", exchange);

        exitCode.ShouldBe(0, output);
        var completed = await news.SeeAsync("ProvisioningCompleted", id, () => worker.Output);
        completed.GetProperty("context").GetProperty("echoed_at_step_1").GetProperty("from").GetString().ShouldBe("node");
        news.NamesOf(id).ShouldContain("ProvisioningAccepted");
        var run = await worker.Api.ReadAsync(id);
        PlannedRun.EndOf(run).ShouldBe(new PlannedRun(id, ["echo", "echo"]).ExpectedEnd);
    }

    [Fact]
    public async Task A_step_that_nobody_knows_is_rejected_with_the_nearest_names()
    {
        await using var news = await News.SubscribeAsync(worker.Broker, "ProvisioningRejected", "ProvisioningAccepted");
        var id = Guid.NewGuid();

        await new PlainSender(worker.Broker).SendAsync(
            "Saga.Contracts:StartProvisioning", JsonSerializer.Serialize(new { runId = id, steps = new[] { "echo", "dealy" } }));

        var rejected = await news.SeeAsync("ProvisioningRejected", id, () => worker.Output);
        rejected.GetProperty("command").GetString().ShouldBe("StartProvisioning");
        var error = rejected.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("pointer").GetString().ShouldBe("/steps/1");
        error.GetProperty("message").GetString()!.ShouldContain("Did you mean `delay`?");
        news.NamesOf(id).ShouldBe(["ProvisioningRejected"]);
    }
}
