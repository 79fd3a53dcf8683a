using System.Net;
using System.Text.Json;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

[Collection(nameof(OneWorker))]
public sealed class When_definitions_are_registered_over_http(SharedWorker shared)
{
    private const string Greeting = "nodes: [{ name: hello, step: echo }]";
    private const string OtherGreeting = "nodes: [{ name: good-day, step: echo }]";

    private readonly EmbeddedWorker _worker = shared.Worker;

    [Fact]
    public async Task It_can_be_read_with_its_plan()
    {
        var registered = await _worker.PutAsync("/api/definitions/read-me/1", Greeting).JsonAsync(HttpStatusCode.OK);

        registered.Text("kind").ShouldBe("read-me");
        registered.GetProperty("version").GetInt32().ShouldBe(1);
        var shown = await _worker.GetAsync("/api/definitions/read-me/1");
        shown.Text("planHash").ShouldBe(registered.Text("planHash"));
        shown.GetProperty("plan").GetProperty("nodes")[0].Text("step").ShouldBe("echo");
    }

    [Fact]
    public async Task Every_version_is_listed()
    {
        await _worker.PutAsync("/api/definitions/list-me/1", Greeting).JsonAsync(HttpStatusCode.OK);
        await _worker.PutAsync("/api/definitions/list-me/2", OtherGreeting).JsonAsync(HttpStatusCode.OK);

        var listed = (await _worker.GetAsync("/api/definitions")).GetProperty("definitions").EnumerateArray().ToList();

        listed.Where(definition => definition.Text("kind") == "list-me").Select(definition => definition.GetProperty("version").GetInt32()).ShouldBe([1, 2]);
        listed.ShouldAllBe(definition => definition.GetProperty("plan").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task The_same_again_is_harmless_whatever_its_notation()
    {
        await _worker.PutAsync("/api/definitions/again/1", Greeting).JsonAsync(HttpStatusCode.OK);

        await _worker.PutAsync("/api/definitions/again/1", """{"nodes":[{"step":"echo","name":"hello"}]}""", "application/json").JsonAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_plan_under_the_same_version_is_refused()
    {
        await _worker.PutAsync("/api/definitions/taken/1", Greeting).JsonAsync(HttpStatusCode.OK);

        var problem = await _worker.PutAsync("/api/definitions/taken/1", OtherGreeting).JsonAsync(HttpStatusCode.Conflict);

        problem.Text("detail")!.ShouldContain("Register the plan as a new version.");
    }

    [Fact]
    public async Task A_plan_that_cannot_work_is_refused_with_its_lines()
    {
        var problem = await _worker.PutAsync("/api/definitions/broken/1", "nodes:\n  - name: hello\n    step: ecko").JsonAsync(HttpStatusCode.BadRequest);

        problem.Errors().ShouldBe(["unknown_step at /nodes/0/step"]);
        problem.GetProperty("errors")[0].GetProperty("line").GetInt32().ShouldBe(3);
        using var response = await _worker.TryGetAsync("/api/definitions/broken/1");
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task One_may_start_itself_as_a_child()
    {
        const string Again = "nodes: [{ name: hello, step: echo }, { name: again, child: { kind: over-again }, dependsOn: [hello] }]";

        await _worker.PutAsync("/api/definitions/over-again/1", Again).JsonAsync(HttpStatusCode.OK);
        (await _worker.PutAsync("/api/definitions/over-once/1", Again.Replace("over-again", "over-twice", StringComparison.Ordinal)).JsonAsync(HttpStatusCode.BadRequest))
            .Errors().ShouldBe(["unknown_definition at /nodes/1/child/kind"]);
    }

    [Fact]
    public async Task A_step_inside_the_plan_of_a_child_is_looked_for_when_a_run_starts()
    {
        const string Nested = "nodes: [{ name: outer, child: { plan: { nodes: [{ name: inner, step: echo }] } } }]";
        await _worker.PutAsync("/api/definitions/nested-child/1", Nested).JsonAsync(HttpStatusCode.OK);

        await _worker.StartRunAsync("""{"kind":"nested-child"}""");
    }

    [Theory]
    [InlineData("/api/definitions/Not%20A%20Kind/1")]
    [InlineData("/api/definitions/greeting/0")]
    public async Task A_name_that_cannot_be_is_refused(string path) =>
        (await _worker.PutAsync(path, Greeting).JsonAsync(HttpStatusCode.BadRequest)).Text("title").ShouldBe("The plan was refused");

    [Fact]
    public async Task A_definition_nobody_knows_is_not_found()
    {
        using var response = await _worker.TryGetAsync("/api/definitions/nowhere/1");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("saga definitions");
    }

    [Fact]
    public async Task It_can_be_drawn()
    {
        await _worker.PutAsync("/api/definitions/drawn/1", Greeting).JsonAsync(HttpStatusCode.OK);

        using var response = await _worker.TryGetAsync("/api/definitions/drawn/1/graph");

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/vnd.graphviz");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("hello\\nstep echo");
    }
}
