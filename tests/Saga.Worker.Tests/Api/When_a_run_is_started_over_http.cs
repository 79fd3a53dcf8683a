using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Saga.Contracts;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

[Collection(nameof(OneWorker))]
public sealed class When_a_run_is_started_over_http(SharedWorker shared)
{
    private readonly EmbeddedWorker _worker = shared.Worker;

    [Fact]
    public async Task It_is_accepted_with_its_location_and_can_be_read_at_once()
    {
        using var response = await _worker.PostAsync("/api/runs", """{"steps":["echo"],"input":{"message":"hello"}}""");

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        response.Headers.Location!.ToString().ShouldBe($"/api/runs/{body.GetProperty("id").GetGuid()}");
        (await _worker.GetAsync(response.Headers.Location.ToString())).GetProperty("id").GetGuid().ShouldBe(body.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task It_walks_to_its_end_and_shows_its_ledger()
    {
        var id = await _worker.StartRunAsync("""{"steps":["echo","echo","fail"],"input":{"message":"hello"}}""");

        var run = await _worker.EndedRunAsync(id, "rolled_back");

        run.GetProperty("error").GetRawText().ShouldBe("""{"reason":"step_failed:fail","compensate_from_idx":1}""");
        run.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("status").GetString())
            .ShouldBe(["compensated", "compensated", "failed"]);
        run.GetProperty("waitingOn").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Keys_and_numbers_inside_the_input_stay_as_they_were_sent()
    {
        const string Input = """{"UserName":"Ann","snake_case":1.50,"big":12345678901234567890123,"nul":"\u0000","kebab-case":{"Z":1,"A":2}}""";
        var id = await _worker.StartRunAsync($$"""{"input":{{Input}},"steps":["echo"]}""");

        (await _worker.EndedRunAsync(id, "completed")).GetProperty("input").GetRawText().ShouldBe(Input);
    }

    [Theory]
    [InlineData("""{"steps":["echo"],"input":null}""", "null")]
    [InlineData("""{"steps":["echo"]}""", "{}")]
    public async Task Null_is_an_input_and_what_is_left_out_is_an_empty_object(string body, string input) =>
        (await _worker.GetAsync($"/api/runs/{await _worker.StartRunAsync(body)}")).GetProperty("input").GetRawText().ShouldBe(input);

    [Fact]
    public async Task A_step_that_needs_an_object_says_so_of_null()
    {
        var id = await _worker.StartRunAsync("""{"steps":["echo"],"input":null}""");

        var failed = (await _worker.EndedRunAsync(id, "rolled_back")).GetProperty("nodes")[0];
        failed.GetProperty("error").GetProperty("code").GetString().ShouldBe("invalid_input");
        failed.GetProperty("input").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_child_is_given_null_when_its_parent_says_null()
    {
        var id = await _worker.StartRunAsync(
            """{"plan":{"nodes":[{"name":"c","child":{"input":null,"plan":{"nodes":[{"name":"k","constant":1}],"output":["${input}",{"$ref":"input"}]}}}]}}""");

        (await _worker.EndedRunAsync(id, "completed")).GetProperty("output").GetRawText().ShouldBe("""["",null]""");
    }

    [Fact]
    public async Task Starting_it_again_is_harmless()
    {
        var body = $$$"""{"runId":"{{{Guid.NewGuid()}}}","steps":["echo"],"input":{"message":"hello"}}""";

        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _worker.StartRunAsync(body)));

        ids.Distinct().Count().ShouldBe(1);
        (await _worker.EndedRunAsync(ids[0], "completed")).GetProperty("nodes").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Starting_it_again_with_its_key_is_harmless_while_it_has_the_key_and_when_another_has_it()
    {
        const string Plan = """{"nodes":[{"name":"g","signal":"go"}]}""";
        var body = $$"""{"runId":"{{Guid.CreateVersion7()}}","correlationKey":"AGAIN-42","plan":{{Plan}} }""";
        var id = await _worker.StartRunAsync(body);
        (await _worker.StartRunAsync(body)).ShouldBe(id);

        using var signal = await _worker.PostAsync($"/api/runs/{id}/signals/go");
        await _worker.EndedRunAsync(id, "completed");
        var other = await _worker.StartRunAsync($$"""{"correlationKey":"AGAIN-42","plan":{{Plan}} }""");

        other.ShouldNotBe(id);
        (await _worker.StartRunAsync(body)).ShouldBe(id);
    }

    [Fact]
    public async Task Of_many_starts_with_the_same_key_at_once_one_is_accepted()
    {
        const string Body = """{"plan":{"nodes":[{"name":"g","signal":"go"}]},"correlationKey":"RACE-42"}""";

        var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var response = await _worker.PostAsync("/api/runs", Body);
            return response.StatusCode;
        }));

        statuses.Count(status => status == HttpStatusCode.Accepted).ShouldBe(1);
        statuses.Count(status => status == HttpStatusCode.Conflict).ShouldBe(7);
    }

    [Fact]
    public async Task The_world_is_told_of_it_as_of_one_that_was_started_by_message()
    {
        var heard = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = Guid.CreateVersion7();
        var listener = _worker.Services.GetRequiredService<IBus>().ConnectReceiveEndpoint("listener", endpoint =>
        {
            endpoint.Handler<ProvisioningAccepted>(context => Hear(context.Message.RunId, "accepted"));
            endpoint.Handler<ProvisioningStarted>(context => Hear(context.Message.RunId, "started"));
            endpoint.Handler<ProvisioningCompleted>(context => Hear(context.Message.RunId, "completed"));
        });
        await listener.Ready;

        await _worker.StartRunAsync($$"""{"runId":"{{id}}","steps":["echo"]}""");

        await all.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        await listener.StopAsync(TestContext.Current.CancellationToken);

        // They may overtake each other, and come twice, but each comes.
        heard.Keys.ShouldBe(["accepted", "completed", "started"], ignoreOrder: true);

        Task Hear(Guid run, string what)
        {
            if (run == id)
                heard[what] = true;
            if (heard.Count == 3)
                all.TrySetResult();
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData("""{"steps":["ecko"]}""", "/steps/0", "unknown_step", "Did you mean `echo`?")]
    [InlineData("""{"steps":[]}""", "/steps", "steps_empty", "A run needs at least one step.")]
    [InlineData("""{}""", "/steps", "steps_missing", "A run needs at least one step.")]
    [InlineData("""{"steps":["Echo!"]}""", "/steps/0", "invalid_step_name", "Echo!")]
    [InlineData("""{"steps":[1]}""", "/steps/0", "invalid_json", "it must be a string")]
    [InlineData("""{"steps":["echo"],"stepz":1}""", "/stepz", "invalid_json", "It has `runId`, `kind`, `version`, `plan`,")]
    [InlineData("""{"runId":"x","steps":["echo"]}""", "/runId", "invalid_json", "it must be a UUID")]
    [InlineData("""{"steps":""", "/steps", "invalid_json", "The body is not JSON.")]
    [InlineData("", "", "invalid_json", "The body is empty.")]
    [InlineData("[]", "", "invalid_json", "The body is a list, a text, a number or a truth value. It must be a JSON object.")]
    [InlineData("""{"steps":["echo"],"input":1,"input":2}""", "/input", "invalid_json", "The property `input` is there twice in one object.")]
    [InlineData("""{"steps":["echo"],"input":{"it's":1,"it's":2}}""", "", "invalid_json", "The property `it's` is there twice in one object.")]
    public async Task It_is_refused_with_place_rule_and_remedy(string body, string pointer, string code, string message)
    {
        using var response = await _worker.PostAsync("/api/runs", body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var error = problem.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("pointer").GetString().ShouldBe(pointer);
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("message").GetString()!.ShouldContain(message);
    }

    [Fact]
    public async Task A_run_that_was_accepted_stays_accepted_however_its_start_is_repeated()
    {
        var id = Guid.NewGuid();
        using var refused = await _worker.PostAsync("/api/runs", $$"""{"runId":"{{id}}","steps":["ecko"]}""");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        using var accepted = await _worker.PostAsync("/api/runs", $$"""{"runId":"{{id}}","steps":["echo"],"input":{"message":1} }""");
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        using var repeated = await _worker.PostAsync("/api/runs", $$"""{"runId":"{{id}}","steps":["ecko"]}""");
        repeated.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var run = await repeated.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        run.GetProperty("input").GetRawText().ShouldBe("""{"message":1}""");
    }

    [Theory]
    [InlineData(1_100_000)]
    [InlineData(3_000_000)]
    public async Task It_is_refused_when_its_input_is_too_large(int length)
    {
        using var response = await _worker.PostAsync("/api/runs", $$"""{"steps":["echo"],"input":"{{new string('x', length)}}"}""");

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Pass large things by reference");
    }
}
