using System.Text.Json;
using RabbitMQ.Client;
using Saga.Integration.Tests.Deployments;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

/// <summary>What a program that knows only AMQP and JSON gets, to the letter.</summary>
public sealed class When_commands_are_seen_on_the_broker(SingleWorker worker) : IClassFixture<SingleWorker>
{
    private const string Plan = """
        {"nodes":[
          {"name":"m","map":{"over":["x","y"],"nodes":[{"name":"a","step":"tap-a","retry":{"initial":"PT0.05S","jitter":false}}]}},
          {"name":"c","child":{"plan":{"nodes":[{"name":"b","step":"tap-a"}]}},"dependsOn":["m"]},
          {"name":"last","step":"tap-a","dependsOn":["c"]}]}
        """;

    [Fact]
    public async Task Every_attempt_and_resumption_carries_the_key_of_its_node_and_every_compensation_one_of_its_own()
    {
        await using var steps = await TappedSteps.HostAsync(worker.Broker, "tap-a");
        await worker.Deployment.SeeStepAsync("tap-a");
        var run = Guid.CreateVersion7();
        await worker.Api.StartPlanAsync(run, JsonElement.Parse(Plan), new { });

        // The first item awaits a signal, and the second fails once.
        await steps.AnswerAsync(await steps.SeeAsync("ExecuteStep", "m[0]/a"), "StepAwaiting", new { signals = new[] { "go" } });
        await steps.AnswerAsync(await steps.SeeAsync("ExecuteStep", "m[1]/a"), "StepFailed", new { code = "busy", message = "Later.", retryable = true });
        await steps.AnswerAsync(await steps.SeeAsync("ExecuteStep", "m[1]/a", attempt: 2), "StepCompleted");
        await worker.Api.SignalAsync(run, "go", new { });
        await steps.AnswerAsync(await steps.SeeAsync("ExecuteStep", "m[0]/a", isResumed: true), "StepCompleted");
        var inChild = await steps.SeeAsync("ExecuteStep", "b");
        await steps.AnswerAsync(inChild, "StepCompleted", new { output = new { Id = 1 } });
        await steps.AnswerAsync(await steps.SeeAsync("ExecuteStep", "last"), "StepFailed", new { code = "full", message = "No room." });
        await steps.AnswerAsync(await steps.SeeAsync("CompensateStep", "b"), "StepCompensated");
        await steps.AnswerAsync(await steps.SeeAsync("CompensateStep", "m[1]/a"), "StepCompensated");
        await steps.AnswerAsync(await steps.SeeAsync("CompensateStep", "m[0]/a"), "StepCompensated");

        (await worker.Api.SeeEndAsync(run, () => worker.Output)).GetProperty("status").GetString().ShouldBe("rolled_back");
        var (own, child) = ($"{run:N}", $"{inChild.Message.GetProperty("runId").GetGuid():N}");
        Keys(steps, "ExecuteStep").ShouldBe(
            [
                $"{own}/m[0]/a/execute", $"{own}/m[0]/a/execute resumed", $"{own}/m[1]/a/execute", $"{own}/m[1]/a/execute in attempt 2", $"{child}/b/execute",
                $"{own}/last/execute",
            ],
            ignoreOrder: true);
        Keys(steps, "CompensateStep").ShouldBe([$"{child}/b/compensate", $"{own}/m[1]/a/compensate", $"{own}/m[0]/a/compensate"], ignoreOrder: true);
    }

    [Fact]
    public async Task They_come_through_the_exchange_of_the_step_as_a_persistent_envelope()
    {
        await using var steps = await TappedSteps.HostAsync(worker.Broker, "tap-b");
        await worker.Deployment.SeeStepAsync("tap-b");
        await worker.Api.StartAsync(["tap-b"], JsonElement.Parse("""{"Size":1}"""));

        var command = await steps.SeeAsync("ExecuteStep", "tap-b-0");

        (command.Exchange, command.RoutingKey, command.ContentType, command.Mode)
            .ShouldBe(("saga-step-tap-b", "", "application/vnd.masstransit+json", DeliveryModes.Persistent));
        command.Message.GetProperty("input").GetRawText().ShouldBe("""{"Size":1}""");
        command.Text("answerTo").ShouldBe("saga-answers-1");
        await steps.AnswerAsync(command, "StepCompleted");
    }

    private static IEnumerable<string> Keys(TappedSteps steps, string type) => steps.Deliveries
        .Where(delivery => delivery.IsA(type))
        .Select(delivery => delivery.Text("idempotencyKey") + (delivery.Attempt > 1 ? $" in attempt {delivery.Attempt}" : "") + (delivery.IsResumed ? " resumed" : ""))
        .Distinct(StringComparer.Ordinal);
}
