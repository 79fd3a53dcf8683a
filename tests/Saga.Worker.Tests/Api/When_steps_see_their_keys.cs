using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Saga.Consumers;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

/// <summary>From the plan to the step: the keys that a step finds in its context and hands to the API it calls.</summary>
public sealed class When_steps_see_their_keys
{
    private const string Plan = """
        {"nodes":[
          {"name":"once","step":"recorded"},
          {"name":"m","map":{"over":["x","y"],"nodes":[{"name":"a","step":"recorded","input":{}}]},"dependsOn":["once"]},
          {"name":"l","loop":{"maxIterations":2,"nodes":[{"name":"a","step":"recorded","input":{}}]},"dependsOn":["m"]},
          {"name":"busy","step":"recorded","input":{"isBusy":true},"retry":{"initial":"PT0.05S","jitter":false},"dependsOn":["l"]},
          {"name":"asks","step":"recorded","input":{"awaits":"go"},"dependsOn":["busy"]},
          {"name":"c","child":{"plan":{"nodes":[{"name":"a","step":"recorded","input":{}}]}},"dependsOn":["asks"]},
          {"name":"end","step":"fail","dependsOn":["c"]}]}
        """;

    [Fact]
    public async Task They_are_those_of_the_node_for_whatever_it_is_executed_and_others_for_whatever_it_is_compensated()
    {
        var keys = new ConcurrentQueue<string>();
        await using var worker = await EmbeddedWorker.StartAsync(services => services.AddSingleton(keys).AddStep<Recorded>());
        const string Own = "0199c0de5a6a700080000000000000aa";
        const string Child = "34319bd46f5f845d9fc5833fda9e7452";

        var id = await worker.StartRunAsync($$"""{"runId":"0199c0de-5a6a-7000-8000-0000000000aa","input":{},"plan":{{Plan}} }""");
        await worker.RunAsync(id, run => run.GetProperty("waitingOn").EnumerateArray().Any(wait => wait.Text("for") == "signal"));
        await worker.PostAsync($"/api/runs/{id}/signals/go").JsonAsync(HttpStatusCode.Accepted);
        await worker.EndedRunAsync(id, "rolled_back");

        string[] nodes = ["once", "m[0]/a", "m[1]/a", "l[0]/a", "l[1]/a", "busy", "asks"];

        // A command may come twice, and counts once.
        keys.Distinct(StringComparer.Ordinal).ShouldBe(
            [
                .. nodes.Select(node => $"{Own}/{node}/execute"), $"{Own}/busy/execute in attempt 2", $"{Own}/asks/execute resumed", $"{Child}/a/execute",
                .. nodes.Select(node => $"{Own}/{node}/compensate"), $"{Child}/a/compensate",
            ],
            ignoreOrder: true);
    }

    [StepName("recorded")]
    private sealed class Recorded(ConcurrentQueue<string> keys) : IStep<RecordedInput, JsonElement?>
    {
        public Task<StepResult<JsonElement?>> ExecuteAsync(StepContext<RecordedInput> context)
        {
            keys.Enqueue(context.IdempotencyKey + (context.Attempt > 1 ? $" in attempt {context.Attempt}" : "") + (context.IsResumed ? " resumed" : ""));
            if (context.Input.IsBusy && context.Attempt == 1)
                return Task.FromResult<StepResult<JsonElement?>>(StepResult.Transient("busy", "Later."));
            return Task.FromResult<StepResult<JsonElement?>>(
                context.Input.Awaits is { } signal && !context.IsResumed ? StepResult.Await(signal) : StepResult.Completed<JsonElement?>(null));
        }

        public Task<CompensationOutcome> CompensateAsync(CompensationContext<RecordedInput, JsonElement?> context)
        {
            keys.Enqueue(context.IdempotencyKey);
            return Task.FromResult(CompensationOutcome.Compensated);
        }
    }

    private sealed record RecordedInput(bool IsBusy = false, string? Awaits = null);
}
