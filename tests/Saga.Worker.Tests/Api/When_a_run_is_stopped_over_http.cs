using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

[Collection(nameof(OneWorker))]
public sealed class When_a_run_is_stopped_over_http(SharedWorker shared)
{
    private readonly EmbeddedWorker _worker = shared.Worker;

    [Fact]
    public async Task A_cancel_is_accepted_and_the_run_walks_back()
    {
        var id = await _worker.StartRunAsync("""{"steps":["delay","echo"],"input":{"message":"hello","delay":"PT0.5S"}}""");
        await _worker.RunAsync(id, run => run.GetProperty("waitingOn").GetArrayLength() == 1);

        using var response = await _worker.PostAsync($"/api/runs/{id}/cancel", """{"by":"ann","reason":"typo"}""");

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("cancelRequested").GetBoolean().ShouldBeTrue();
        var run = await _worker.EndedRunAsync(id, "rolled_back");
        run.GetProperty("reason").GetString().ShouldBe("cancelled");
        run.GetProperty("stopRequestedBy").GetString().ShouldBe("ann");
        run.GetProperty("nodes").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_completed_run_is_rolled_back_and_asking_again_is_harmless()
    {
        var id = await _worker.StartRunAsync("""{"steps":["echo","echo"],"input":{"message":"hello"}}""");
        await _worker.EndedRunAsync(id, "completed");

        using var first = await _worker.PostAsync($"/api/runs/{id}/rollback");
        await _worker.EndedRunAsync(id, "rolled_back");
        using var second = await _worker.PostAsync($"/api/runs/{id}/rollback");

        (first.StatusCode, second.StatusCode).ShouldBe((HttpStatusCode.Accepted, HttpStatusCode.Accepted));
    }

    [Fact]
    public async Task What_cannot_be_done_says_what_can()
    {
        var id = await _worker.StartRunAsync("""{"steps":["echo"]}""");
        await _worker.EndedRunAsync(id, "completed");

        using var cancel = await _worker.PostAsync($"/api/runs/{id}/cancel");

        cancel.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await cancel.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Roll it back");
    }

    [Fact]
    public async Task A_completed_child_is_refused_by_itself_and_rolled_back_with_its_parent()
    {
        var id = await _worker.StartRunAsync("""{"plan":{"nodes":[{"name":"tenant","child":{"plan":{"nodes":[{"name":"work","step":"echo"}]}}}]},"input":{"message":"hello"}}""");
        var parent = await _worker.EndedRunAsync(id, "completed");
        var childId = parent.GetProperty("nodes")[0].GetProperty("childRunId").GetGuid();

        var problem = await _worker.PostAsync($"/api/runs/{childId}/rollback").JsonAsync(HttpStatusCode.Conflict);

        problem.Errors().ShouldBe(["child_of_run at /runId"]);
        problem.Text("detail").ShouldBe(
            $"Run {childId} is the child of node `tenant` of run {id}, which is completed. A child is rolled back with its parent, and by itself only after "
            + $"that has ended `rolled_back` or `failed`. Roll run {id} back.");
        await _worker.PostAsync($"/api/runs/{id}/rollback").JsonAsync(HttpStatusCode.Accepted);
        await _worker.EndedRunAsync(id, "rolled_back");
        await _worker.EndedRunAsync(childId, "rolled_back");
        await _worker.PostAsync($"/api/runs/{childId}/rollback").JsonAsync(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_run_whose_compensation_fails_ends_failed_and_names_what_remains()
    {
        var id = await _worker.StartRunAsync("""{"steps":["echo","fail-compensation","fail"],"input":{"message":"hello"}}""");

        var run = await _worker.EndedRunAsync(id, "failed");

        run.GetProperty("error").GetProperty("not_compensated")[0].GetString().ShouldBe("fail-compensation-1");
        run.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("status").GetString())
            .ShouldBe(["compensated", "compensation_failed", "failed"]);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("rollback")]
    public async Task A_run_nobody_knows_is_not_found(string verb)
    {
        using var response = await _worker.PostAsync($"/api/runs/{Guid.NewGuid()}/{verb}");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("saga list");
    }
}
