using System.Net;
using System.Text.Json;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

[Collection(nameof(OneWorker))]
public sealed class When_a_plan_is_checked_over_http(SharedWorker shared)
{
    private readonly EmbeddedWorker _worker = shared.Worker;

    [Fact]
    public async Task A_plan_that_can_be_followed_is_valid()
    {
        var check = await _worker.ValidateAsync("nodes: [{ name: hello, step: echo }]").JsonAsync(HttpStatusCode.OK);

        check.GetProperty("isValid").GetBoolean().ShouldBeTrue();
        check.GetProperty("nodeCount").GetInt32().ShouldBe(1);
        check.Text("hash")!.Length.ShouldBe(64);
        check.GetProperty("errors").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task It_may_be_JSON_too()
    {
        var check = await _worker.ValidateAsync("""{"nodes":[{"name":"hello","step":"echo"}]}""").JsonAsync(HttpStatusCode.OK);

        check.GetProperty("isValid").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Every_error_is_told_with_its_line()
    {
        var check = await _worker.ValidateAsync(
            """
            nodes:
              - name: hello
                step: ecko
              - name: hello
                stepp: echo
            """).JsonAsync(HttpStatusCode.OK);

        check.GetProperty("isValid").GetBoolean().ShouldBeFalse();
        var errors = check.GetProperty("errors").EnumerateArray().ToList();
        errors.ShouldContain(error => error.Text("code") == "unknown_step" && error.GetProperty("line").GetInt32() == 3 && error.Text("message")!.Contains("`echo`"));
        errors.ShouldContain(error => error.Text("code") == "unknown_property" && error.GetProperty("line").GetInt32() == 5);
        errors.Count.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task What_is_worth_a_look_is_a_warning()
    {
        var check = await _worker.ValidateAsync(
            """
            nodes:
              - { name: pay, step: echo, compensation: irreversible }
              - { name: ship, step: echo, dependsOn: [pay] }
            """).JsonAsync(HttpStatusCode.OK);

        check.GetProperty("isValid").GetBoolean().ShouldBeTrue();
        check.GetProperty("warnings").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_definition_nobody_registered_is_an_error()
    {
        var check = await _worker.ValidateAsync("nodes: [{ name: net, child: { kind: nowhere } }]").JsonAsync(HttpStatusCode.OK);

        check.Errors().ShouldBe(["unknown_definition at /nodes/0/child/kind"]);
    }

    [Fact]
    public async Task What_a_child_names_is_told_with_everything_else_and_with_its_line()
    {
        var check = await _worker.ValidateAsync(
            """
            nodes:
              - name: hello
                step: ecko
              - name: net
                child:
                  plan:
                    nodes:
                      - { name: inner, child: { kind: nope, version: 2 } }
            """).JsonAsync(HttpStatusCode.OK);

        check.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("line").GetInt32()} {error.Text("code")} at {error.Text("pointer")}")
            .ShouldBe(["3 unknown_step at /nodes/0/step", "8 unknown_definition at /nodes/1/child/plan/nodes/0/child/kind"]);
    }

    [Fact]
    public async Task JSON_by_its_content_type_is_no_YAML()
    {
        var check = await _worker.PostAsync("/api/plans/validate", "nodes: [{ name: hello, step: echo }]").JsonAsync(HttpStatusCode.OK);

        check.Errors().ShouldBe(["invalid_json at "]);
        check.GetProperty("errors")[0].Text("message")!.ShouldContain("It was given as JSON, by its name or its content type.");
    }

    [Fact]
    public async Task A_name_that_is_there_twice_is_found_as_by_a_start()
    {
        const string Plan = """{"nodes":[{"name":"a","constant":{"k":1,"k":2}}]}""";

        (await _worker.ValidateAsync(Plan).JsonAsync(HttpStatusCode.OK)).Errors().ShouldBe(["duplicate_property at /nodes/0/constant/k"]);
        (await _worker.PostAsync("/api/runs", $$"""{"plan":{{Plan}}}""").JsonAsync(HttpStatusCode.BadRequest)).Errors()
            .ShouldBe(["duplicate_property at /plan/nodes/0/constant/k"]);
    }

    [Fact]
    public async Task Nothing_is_started()
    {
        await _worker.ValidateAsync("""{"name":"never-started","nodes":[{"name":"hello","step":"echo"}]}""").JsonAsync(HttpStatusCode.OK);

        (await _worker.GetAsync("/api/runs?limit=500")).GetProperty("runs").EnumerateArray()
            .ShouldNotContain(run => run.GetProperty("planName").ValueKind == JsonValueKind.String && run.Text("planName") == "never-started");
    }
}
