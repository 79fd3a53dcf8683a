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
    public async Task A_run_that_keeps_a_thousand_takes_only_what_a_node_waits_for()
    {
        var id = await WaitingRunAsync();
        await Parallel.ForAsync(0, 1_000, TestContext.Current.CancellationToken, async (number, _) =>
            await _worker.PostAsync($"/api/runs/{id}/signals/noise", $$"""{"payload":{{number}}}""").JsonAsync(HttpStatusCode.Accepted));
        await _worker.RunAsync(id, run => run.GetProperty("signals").GetArrayLength() == 1_000);

        var refused = await _worker.PostAsync($"/api/runs/{id}/signals/noise").JsonAsync(HttpStatusCode.Conflict);
        await _worker.PostAsync($"/api/runs/{id}/signals/approved").JsonAsync(HttpStatusCode.Accepted);

        refused.Errors().ShouldBe(["inbox_full at /runId"]);
        (await _worker.EndedRunAsync(id, "completed")).GetProperty("signals").GetArrayLength().ShouldBe(1_000);
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

    [Theory]
    [InlineData("aproved", "No node of the run's plan waits for a signal `aproved`, and no step awaits it now. It is kept, but nothing that is left of the plan can take it. Did you mean `approved`?")]
    [InlineData("unheard-of", "No node of the run's plan waits for a signal `unheard-of`, and no step awaits it now. It is kept, but nothing that is left of the plan can take it. Signals of this run are `approved`, `rejected`.")]
    public async Task One_that_nobody_waits_for_is_kept_and_the_answer_says_so(string name, string warning)
    {
        var id = await WaitingRunAsync();

        var answer = await _worker.PostAsync($"/api/runs/{id}/signals/{name}", """{"by":"kim","dedupKey":"1"}""").JsonAsync(HttpStatusCode.Accepted);

        answer.Text("warning").ShouldBe(warning);
        var kept = (await _worker.RunAsync(id, run => run.GetProperty("signals").GetArrayLength() == 1)).GetProperty("signals")[0];
        (kept.Text("name"), kept.Text("by"), kept.Text("dedupKey")).ShouldBe((name, "kim", "1"));
        kept.GetProperty("receivedAt").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task One_that_was_taken_is_not_listed()
    {
        var id = await WaitingRunAsync();
        await _worker.PostAsync($"/api/runs/{id}/signals/approved").JsonAsync(HttpStatusCode.Accepted);

        (await _worker.EndedRunAsync(id, "completed")).GetProperty("signals").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task One_that_a_step_awaits_is_known_only_while_it_does()
    {
        var id = await _worker.StartRunAsync("""{"plan":{"nodes":[{"name":"gate","signal":"open"},{"name":"ask","step":"await-signal","dependsOn":["gate"],"input":{"signal":"answer"}}]}}""");
        await _worker.RunAsync(id, run => run.GetProperty("waitingOn").GetArrayLength() == 1);

        var early = await _worker.PostAsync($"/api/runs/{id}/signals/answr").JsonAsync(HttpStatusCode.Accepted);
        early.Text("warning").ShouldBe("No node of the run's plan waits for a signal `answr`, and no step awaits it now. It is kept in case a step that has not ended awaits it. Signals of this run are `open`.");

        await _worker.PostAsync($"/api/runs/{id}/signals/open").JsonAsync(HttpStatusCode.Accepted);
        await _worker.RunAsync(id, run => run.GetProperty("waitingOn").EnumerateArray().Any(wait => wait.Text("node") == "ask" && wait.Text("for") == "signal"));
        var late = await _worker.PostAsync($"/api/runs/{id}/signals/answr").JsonAsync(HttpStatusCode.Accepted);
        late.Text("warning")!.ShouldEndWith("Did you mean `answer`?");
        (await _worker.PostAsync($"/api/runs/{id}/signals/answer").JsonAsync(HttpStatusCode.Accepted)).TryGetProperty("warning", out _).ShouldBeFalse();

        (await _worker.EndedRunAsync(id, "completed")).GetProperty("signals").GetArrayLength().ShouldBe(2);
    }

    private async Task<Guid> WaitingRunAsync()
    {
        var id = await _worker.StartRunAsync(Approval);
        await _worker.RunAsync(id, run => run.GetProperty("waitingOn").EnumerateArray().Any(wait => wait.Text("for") == "signal"));
        return id;
    }
}
