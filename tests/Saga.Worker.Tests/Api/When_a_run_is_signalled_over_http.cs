using System.Net;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

[Collection(nameof(OneWorker))]
public sealed class When_a_run_is_signalled_over_http(SharedWorker shared)
{
    private const string Approval = """{"plan":{"nodes":[{"name":"approval","signal":{"names":["approved","rejected"]}}]}}""";

    private readonly EmbeddedWorker _worker = shared.Worker;

    [Fact]
    public async Task The_node_that_waits_for_it_gets_it()
    {
        var id = await WaitingRunAsync();

        await _worker.PostAsync($"/api/runs/{id}/signals/approved", """{"payload":{"by":"kim"},"dedupKey":"1"}""").JsonAsync(HttpStatusCode.Accepted);

        var output = (await _worker.EndedRunAsync(id, "completed")).GetProperty("output");
        output.Text("name").ShouldBe("approved");
        output.GetProperty("payload").GetRawText().ShouldBe("""{"by":"kim"}""");
    }

    [Fact]
    public async Task What_it_waits_for_can_be_read()
    {
        var id = await WaitingRunAsync();

        var wait = (await _worker.GetAsync($"/api/runs/{id}")).GetProperty("waitingOn").EnumerateArray().ShouldHaveSingleItem();

        wait.Text("node").ShouldBe("approval");
        wait.Text("for").ShouldBe("signal");
        wait.GetProperty("signals").EnumerateArray().Select(name => name.GetString()).ShouldBe(["approved", "rejected"]);
        wait.GetProperty("all").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task It_needs_no_payload()
    {
        var id = await WaitingRunAsync();

        await _worker.PostAsync($"/api/runs/{id}/signals/rejected").JsonAsync(HttpStatusCode.Accepted);

        (await _worker.EndedRunAsync(id, "completed")).GetProperty("output").Text("name").ShouldBe("rejected");
    }

    [Fact]
    public async Task A_name_without_end_is_refused()
    {
        var id = await WaitingRunAsync();

        var problem = await _worker.PostAsync($"/api/runs/{id}/signals/{new string('x', 129)}").JsonAsync(HttpStatusCode.BadRequest);

        problem.Errors().ShouldBe(["invalid_signal_name at /name"]);
    }

    [Fact]
    public async Task A_body_that_is_no_signal_is_refused()
    {
        var id = await WaitingRunAsync();

        var problem = await _worker.PostAsync($"/api/runs/{id}/signals/approved", """{"paylod":1}""").JsonAsync(HttpStatusCode.BadRequest);

        problem.Errors().ShouldBe(["invalid_json at /paylod"]);
    }

    [Fact]
    public async Task A_run_nobody_knows_is_not_found() =>
        await _worker.PostAsync($"/api/runs/{Guid.NewGuid()}/signals/approved").JsonAsync(HttpStatusCode.NotFound);

    [Fact]
    public async Task A_run_that_has_ended_takes_none()
    {
        var id = await _worker.StartRunAsync("""{"steps":["echo"]}""");
        await _worker.EndedRunAsync(id, "completed");

        var problem = await _worker.PostAsync($"/api/runs/{id}/signals/approved").JsonAsync(HttpStatusCode.Conflict);

        problem.Errors().ShouldBe(["run_takes_no_signals at /runId"]);
    }

    private async Task<Guid> WaitingRunAsync()
    {
        var id = await _worker.StartRunAsync(Approval);
        await _worker.RunAsync(id, run => run.GetProperty("waitingOn").EnumerateArray().Any(wait => wait.Text("for") == "signal"));
        return id;
    }
}
