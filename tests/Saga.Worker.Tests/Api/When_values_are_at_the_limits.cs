using System.Net;
using System.Text.Json;
using Saga.Worker.Tests.Api.Support;
using Saga.Worker.Tests.Json;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

/// <summary>What is accepted comes back, equal, at every exit; what is not has left nothing behind.</summary>
[Collection(nameof(OneWorker))]
public sealed class When_values_are_at_the_limits(SharedWorker shared)
{
    private const int Examples = 60;

    // Where the value is the only member of an object, that is one more around it.
    private const int MaxDepth = 48;

    private readonly EmbeddedWorker _worker = shared.Worker;

    [Fact]
    public async Task An_input_comes_back_from_its_step_its_context_and_its_run()
    {
        foreach (var value in LimitValues.Sample(Examples, MaxDepth - 1))
        {
            var id = Guid.CreateVersion7();
            using var answer = await _worker.PostAsync("/api/runs", $$"""{"runId":"{{id}}","steps":["echo"],"input":{"message":{{value.Json}} } }""");
            if (!await IsAcceptedAsync(answer, value))
            {
                await _worker.TryGetAsync($"/api/runs/{id}").JsonAsync(HttpStatusCode.NotFound);
                await _worker.StartRunAsync($$"""{"runId":"{{id}}","steps":["echo"]}""");
                await EndAsync(id, value);
                continue;
            }

            var run = await EndAsync(id, value);
            Same(run.GetProperty("input").GetProperty("message"), value);
            Same(run.GetProperty("nodes")[0].GetProperty("input").GetProperty("message"), value);
            if (value.Json != "null")
            {
                Same(run.GetProperty("output").GetProperty("message"), value);
                Same(run.GetProperty("context").GetProperty("echoed_at_step_0"), value);
            }
        }

        await _worker.TryGetAsync("/api/runs?limit=500").JsonAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_payload_comes_back_from_its_node_and_from_a_template_around_it()
    {
        foreach (var value in LimitValues.Sample(Examples, MaxDepth))
        {
            var id = await _worker.StartRunAsync(
                """{"plan":{"nodes":[{"name":"wait","signal":{"names":["go"]}},{"name":"x","step":"echo","input":{"message":[{"$ref":"wait/signals"}]}}]}}""");
            using var answer = await _worker.PostAsync($"/api/runs/{id}/signals/go", $$"""{"payload":{{value.Json}} }""");
            if (!await IsAcceptedAsync(answer, value))
                await _worker.PostAsync($"/api/runs/{id}/signals/go", """{"payload":1}""").JsonAsync(HttpStatusCode.Accepted);

            var run = await EndAsync(id, value);
            if (answer.IsSuccessStatusCode)
            {
                Same(run.GetProperty("outputs").GetProperty("wait").GetProperty("payload"), value);
                Same(run.GetProperty("output").GetProperty("message")[0][0].GetProperty("payload"), value);
            }
        }
    }

    [Fact]
    public async Task A_constant_comes_back_from_its_definition_and_its_run()
    {
        foreach (var (index, value) in LimitValues.Sample(Examples, MaxDepth).Index())
        {
            var path = $"/api/definitions/limit-{index}/1";
            var plan = $$"""{"nodes":[{"name":"a","constant":{{value.Json}} },{"name":"x","step":"echo","input":{"message":{"$ref":"a"} } }]}""";
            using var answer = await _worker.PutAsync(path, plan, "application/json");
            if (!await IsAcceptedAsync(answer, value))
            {
                await _worker.TryGetAsync(path).JsonAsync(HttpStatusCode.NotFound);
                continue;
            }

            Same((await _worker.TryGetAsync(path).JsonAsync(HttpStatusCode.OK)).GetProperty("plan").GetProperty("nodes")[0].GetProperty("constant"), value);
            var run = await EndAsync(await _worker.StartRunAsync($$"""{"kind":"limit-{{index}}"}"""), value);
            if (value.Json != "null")
                Same(run.GetProperty("output").GetProperty("message"), value);
        }
    }

    private static async Task<bool> IsAcceptedAsync(HttpResponseMessage answer, LimitValue value)
    {
        var text = await answer.Content.ReadAsStringAsync();
        var isGood = value is { IsGood: true, HasRepeats: false };
        ((int)answer.StatusCode).ShouldBeInRange(isGood ? 200 : 400, isGood ? 202 : 400, $"{value.Json} was answered {text}");
        return isGood;
    }

    private async Task<JsonElement> EndAsync(Guid id, LimitValue value)
    {
        var run = await _worker.RunAsync(id, seen => seen.GetProperty("completedAt").ValueKind != JsonValueKind.Null);
        run.Text("status").ShouldBe("completed", value.Json);
        return run;
    }

    private static void Same(JsonElement seen, LimitValue value) =>
        JsonElement.DeepEquals(seen, JsonElement.Parse(value.Json)).ShouldBeTrue($"{seen.GetRawText()} is not {value.Json}");
}
