using System.Text.Json;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

/// <summary>What programs tell refusals apart by: the status, the title, and the codes and places of the errors.</summary>
[Collection(nameof(OneWorker))]
public sealed class When_the_api_says_no(SharedWorker shared)
{
    private const string Steps = """{"steps":["echo"]}""";

    private readonly EmbeddedWorker _worker = shared.Worker;

    [Theory]
    [InlineData("/api/runs", """{"steps":["ecko","nope"]}""", 400, "The run was refused", "unknown_step at /steps/0", "unknown_step at /steps/1")]
    [InlineData("/api/runs", """{"steps":["echo"],"kind":"network"}""", 400, "The run was refused", "ambiguous_plan at ")]
    [InlineData("/api/runs", """{"steps":["echo"],"version":2}""", 400, "The run was refused", "version_without_kind at /version")]
    [InlineData("/api/runs", """{"kind":"no-such-kind"}""", 400, "The run was refused", "unknown_definition at /kind")]
    [InlineData("/api/runs", """{"steps":["echo"],"correlationKey":""}""", 400, "The run was refused", "invalid_correlation_key at /correlationKey")]
    [InlineData("/api/runs", """{"steps":["echo"],"correlationScope":["running"]}""", 400, "The run was refused", "scope_without_key at /correlationScope")]
    [InlineData("/api/runs", """{"steps":["echo"],"correlationKey":"k","correlationScope":["done"]}""", 400, "The run was refused", "unknown_status at /correlationScope/0")]
    [InlineData("/api/runs", """{"runId":"00000000-0000-0000-0000-000000000000","steps":["echo"]}""", 400, "The run was refused", "run_id_empty at /runId")]
    [InlineData("/api/runs", """{"plan":{"nodes":[]}}""", 400, "The run was refused", "empty_list at /plan/nodes")]
    [InlineData("/api/runs", """{"steps":["echo"],"steps":["fail"]}""", 400, "The body cannot be read", "invalid_json at /steps")]
    [InlineData("/api/runs/0199c0de-5a6a-7000-8000-000000000fff/cancel", null, 404, "There is no such run")]
    [InlineData("/api/runs/key:nobody-has-this/rollback", null, 404, "There is no such run")]
    public async Task A_request_is_told_what_is_wrong(string path, string? body, int status, string title, params string[] errors)
    {
        using var response = await _worker.PostAsync(path, body);

        var problem = await ProblemAsync(response, status, title);
        (problem.TryGetProperty("errors", out _) ? problem.Errors() : []).ShouldBe(errors);
    }

    [Theory]
    [InlineData("/api/runs?status=done", 400, "A parameter is wrong")]
    [InlineData("/api/definitions/no-such-kind/1", 404, "There is no such definition")]
    public async Task A_question_is_told_what_is_wrong(string path, int status, string title)
    {
        using var response = await _worker.TryGetAsync(path);

        await ProblemAsync(response, status, title);
    }

    [Fact]
    public async Task A_key_that_another_run_has_names_that_run()
    {
        const string Waiting = """{"plan":{"nodes":[{"name":"g","signal":"go"}]},"correlationKey":"NO-42"}""";
        var occupant = await _worker.StartRunAsync(Waiting);

        using var response = await _worker.PostAsync("/api/runs", Waiting);

        var problem = await ProblemAsync(response, 409, "The key is taken");
        problem.GetProperty("occupant").GetGuid().ShouldBe(occupant);
        problem.Errors().ShouldBe(["key_occupied at /correlationKey"]);
    }

    [Fact]
    public async Task A_run_that_is_not_in_a_state_for_that_says_what_to_do()
    {
        var waiting = await _worker.StartRunAsync("""{"plan":{"nodes":[{"name":"g","signal":"go"}]}}""");
        var completed = await _worker.StartRunAsync(Steps);
        await _worker.EndedRunAsync(completed, "completed");
        var rolledBack = await _worker.StartRunAsync("""{"steps":["fail"]}""");
        await _worker.EndedRunAsync(rolledBack, "rolled_back");
        var failed = await _worker.StartRunAsync("""{"steps":["fail-compensation","fail"]}""");
        await _worker.EndedRunAsync(failed, "failed");

        (await RefusedAsync(waiting, "rollback")).ShouldEndWith("cancel it instead.");
        (await RefusedAsync(completed, "cancel")).ShouldEndWith("Roll it back to compensate what it did.");
        (await RefusedAsync(rolledBack, "cancel")).ShouldEndWith("has ended rolled_back, so there is nothing to cancel.");
        (await RefusedAsync(failed, "cancel")).ShouldEndWith("has ended failed, so there is nothing to cancel.");
        (await RefusedAsync(failed, "rollback")).ShouldContain("what remains is listed in its error");
    }

    [Fact]
    public async Task A_version_that_is_taken_says_so()
    {
        using var first = await _worker.PutAsync("/api/definitions/no-change/1", "nodes: [{name: a, step: echo}]");
        first.IsSuccessStatusCode.ShouldBeTrue();

        using var second = await _worker.PutAsync("/api/definitions/no-change/1", "nodes: [{name: b, step: echo}]");

        await ProblemAsync(second, 409, "The version is taken");
    }

    private async Task<string> RefusedAsync(Guid run, string verb)
    {
        using var response = await _worker.PostAsync($"/api/runs/{run}/{verb}");
        return (await ProblemAsync(response, 409, "The run is not in a state for that")).GetProperty("detail").GetString()!;
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, int status, string title)
    {
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonElement.Parse(text);
        (problem.GetProperty("status").GetInt32(), problem.GetProperty("title").GetString()).ShouldBe((status, title));
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        return problem;
    }
}
