using System.Net;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

[Collection(nameof(OneWorker))]
public sealed class When_a_run_follows_a_plan_over_http(SharedWorker shared)
{
    private readonly EmbeddedWorker _worker = shared.Worker;

    [Fact]
    public async Task Its_nodes_have_kinds_and_names_that_say_where_they_stand()
    {
        var id = await _worker.StartRunAsync(
            """
            {"plan":{"nodes":[
              {"name":"zones","constant":["a","b"]},
              {"name":"subnets","map":{"over":{"$ref":"zones"},"nodes":[{"name":"create","step":"echo","input":{"message":{"$ref":"item"}}}]}}]}}
            """);

        var run = await _worker.EndedRunAsync(id, "completed");

        run.GetProperty("nodes").EnumerateArray().Select(node => $"{node.Text("name")} {node.Text("kind")} {node.Text("status")}").ShouldBe(
            [
                "zones constant completed", "subnets map completed",
                "subnets[0] item completed", "subnets[0]/create step completed", "subnets[1] item completed", "subnets[1]/create step completed",
            ],
            ignoreOrder: true);
        run.GetProperty("output").GetRawText().ShouldBe("""[{"message":"a"},{"message":"b"}]""");
    }

    [Fact]
    public async Task A_plan_is_refused_with_every_error_and_its_pointer()
    {
        var problem = await _worker.PostAsync(
            "/api/runs",
            """{"plan":{"nodes":[{"name":"a","step":"ecko"},{"name":"b","step":"echo","input":{"$ref":"c"}},{"name":"d","sleep":"soon"}]}}""").JsonAsync(HttpStatusCode.BadRequest);

        problem.Errors().Count().ShouldBe(3);
        problem.Errors().ShouldContain("unknown_step at /plan/nodes/0/step");
        problem.Errors().ShouldAllBe(error => error.Contains(" at /plan/nodes/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_by_kind_follows_the_latest_version()
    {
        await _worker.PutAsync("/api/definitions/latest/1", "nodes: [{ name: one, step: echo }]").JsonAsync(HttpStatusCode.OK);
        await _worker.PutAsync("/api/definitions/latest/2", "nodes: [{ name: two, step: echo }]").JsonAsync(HttpStatusCode.OK);

        var run = await _worker.PostAsync("/api/runs", """{"kind":"latest"}""").JsonAsync(HttpStatusCode.Accepted);

        run.Text("kind").ShouldBe("latest");
        run.GetProperty("version").GetInt32().ShouldBe(2);
        run.GetProperty("plan")[0].Text("name").ShouldBe("two");
    }

    [Fact]
    public async Task A_start_by_kind_follows_the_version_it_names()
    {
        await _worker.PutAsync("/api/definitions/named/1", "nodes: [{ name: one, step: echo }]").JsonAsync(HttpStatusCode.OK);
        await _worker.PutAsync("/api/definitions/named/2", "nodes: [{ name: two, step: echo }]").JsonAsync(HttpStatusCode.OK);

        var run = await _worker.PostAsync("/api/runs", """{"kind":"named","version":1}""").JsonAsync(HttpStatusCode.Accepted);

        run.GetProperty("plan")[0].Text("name").ShouldBe("one");
    }

    [Theory]
    [InlineData("""{"kind":"nowhere"}""", "unknown_definition at /kind")]
    [InlineData("""{"kind":"nowhere","version":3}""", "unknown_definition at /version")]
    [InlineData("""{"kind":"nowhere","steps":["echo"]}""", "ambiguous_plan at ")]
    [InlineData("""{"version":1,"steps":["echo"]}""", "version_without_kind at /version")]
    public async Task A_start_that_names_nothing_to_follow_is_refused(string body, string error) =>
        (await _worker.PostAsync("/api/runs", body).JsonAsync(HttpStatusCode.BadRequest)).Errors().ShouldBe([error]);

    [Fact]
    public async Task A_key_names_the_run_in_place_of_its_id()
    {
        var key = $"ORDER-{Guid.NewGuid()}";
        var id = await _worker.StartRunAsync($$"""{"steps":["echo"],"correlationKey":"{{key}}"}""");

        var run = await _worker.GetAsync($"/api/runs/key:{key}");

        run.GetProperty("id").GetGuid().ShouldBe(id);
        run.Text("correlationKey").ShouldBe(key);
    }

    [Fact]
    public async Task A_key_that_a_live_run_has_is_refused_with_that_run()
    {
        var key = $"ORDER-{Guid.NewGuid()}";
        var id = await _worker.StartRunAsync($$"""{"plan":{"nodes":[{"name":"wait","signal":"go"}]},"correlationKey":"{{key}}"}""");

        var problem = await _worker.PostAsync("/api/runs", $$"""{"steps":["echo"],"correlationKey":"{{key}}"}""").JsonAsync(HttpStatusCode.Conflict);

        problem.GetProperty("occupant").GetGuid().ShouldBe(id);
        problem.Text("detail")!.ShouldContain(id.ToString());
    }

    [Fact]
    public async Task A_key_is_free_again_when_its_run_has_ended()
    {
        var key = $"ORDER-{Guid.NewGuid()}";
        var body = $$"""{"steps":["echo"],"correlationKey":"{{key}}"}""";
        await _worker.EndedRunAsync(await _worker.StartRunAsync(body), "completed");

        var second = await _worker.StartRunAsync(body);

        (await _worker.GetAsync($"/api/runs/key:{key}")).GetProperty("id").GetGuid().ShouldBe(second);
    }

    [Fact]
    public async Task A_key_nobody_has_is_not_found()
    {
        using var response = await _worker.TryGetAsync("/api/runs/key:nobody");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task It_can_be_drawn_while_it_goes()
    {
        var id = await _worker.StartRunAsync("""{"plan":{"name":"\"quoted\"","nodes":[{"name":"wait","signal":"go"}]}}""");
        await _worker.RunAsync(id, run => run.GetProperty("waitingOn").GetArrayLength() > 0);

        using var response = await _worker.TryGetAsync($"/api/runs/{id}/graph");

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/vnd.graphviz");
        var dot = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        dot.ShouldContain("\\\"quoted\\\"");
        dot.ShouldContain("wait\\nsignal go\\nwaiting");
    }
}
