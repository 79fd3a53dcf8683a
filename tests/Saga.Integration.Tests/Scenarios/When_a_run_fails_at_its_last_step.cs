using System.Text.Json;
using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_a_run_fails_at_its_last_step(TestServers servers)
{
    [Fact]
    public async Task It_is_rolled_back_and_the_world_is_told()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        await using var news = await News.SubscribeAsync(
            deployment.Broker, "ProvisioningAccepted", "ProvisioningStarted", "ProvisioningRolledBack", "ProvisioningCompleted", "ProvisioningFailed");
        var api = new RunApi(await deployment.StartAsync(Deployment.Orchestrator, Deployment.Steps, Deployment.Api));

        var id = await api.StartAsync(["echo", "echo", "fail"], new { message = "hello" });

        var run = await api.SeeEndAsync(id, () => deployment.Output);
        run.GetProperty("status").GetString().ShouldBe("rolled_back");
        run.GetProperty("error").GetRawText().ShouldBe("""{"reason":"step_failed:fail","compensate_from_idx":1}""");
        run.GetProperty("waitingOn").GetArrayLength().ShouldBe(0);
        Column(run, "status").ShouldBe(["compensated", "compensated", "failed"]);
        Column(run, "step").ShouldBe(["echo", "echo", "fail"]);
        run.GetProperty("context").GetRawText().ShouldBe("""{"echoed_at_step_0":"hello","echoed_at_step_1":"hello"}""");

        var rolledBack = await news.SeeAsync("ProvisioningRolledBack", id, () => deployment.Output);
        rolledBack.GetProperty("reason").GetString().ShouldBe("step_failed:fail");
        rolledBack.GetProperty("compensateFromIndex").GetInt32().ShouldBe(1);
        news.NamesOf(id).ShouldBe(["ProvisioningAccepted", "ProvisioningStarted", "ProvisioningRolledBack"], ignoreOrder: true);
        await new DeadLetters(deployment.Broker).ShouldBeNoneAsync(() => deployment.Output);
    }

    private static IEnumerable<string?> Column(JsonElement run, string name) =>
        run.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty(name).GetString());
}
