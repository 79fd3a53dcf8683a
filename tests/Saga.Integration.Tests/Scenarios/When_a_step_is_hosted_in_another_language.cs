using System.Text.Json;
using Saga.Integration.Tests.Deployments;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_a_step_is_hosted_in_another_language(SingleWorker worker) : IClassFixture<SingleWorker>
{
    [Fact]
    public async Task A_run_completes_with_its_output()
    {
        await using var step = await ForeignStep.HostAsync(worker.Broker, "shout");
        await worker.Deployment.SeeStepAsync("shout");

        var id = await worker.Api.StartAsync(["shout", "echo"], new { text = "hello", message = 1 });

        var run = await worker.Api.SeeEndAsync(id, () => worker.Output);
        run.GetProperty("status").GetString().ShouldBe("completed");
        run.GetProperty("outputs").GetProperty("shout-0").GetRawText().ShouldBe("""{"shout":"HELLO"}""");
        run.GetProperty("context").GetProperty("said").GetString().ShouldBe("HELLO");
    }

    [Fact]
    public async Task A_failed_run_compensates_it()
    {
        await using var step = await ForeignStep.HostAsync(worker.Broker, "whisper");
        await worker.Deployment.SeeStepAsync("whisper");

        var id = await worker.Api.StartAsync(["whisper", "fail"], new { text = "hello" });

        var run = await worker.Api.SeeEndAsync(id, () => worker.Output);
        run.GetProperty("status").GetString().ShouldBe("rolled_back");
        JsonElement node = run.GetProperty("nodes")[0];
        node.GetProperty("status").GetString().ShouldBe("compensated");
        node.GetProperty("compensation").GetProperty("how").GetString().ShouldBe("done");
    }
}
