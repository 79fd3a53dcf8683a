using System.Net;
using System.Text.Json;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

[Collection(nameof(OneWorker))]
public sealed class When_runs_are_read_over_http(SharedWorker shared)
{
    private const string OneStep = """{"nodes":[{"name":"a","step":"echo"}]}""";

    private static readonly string[] SameMoment =
    [
        "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b", "00000000-0000-4000-8000-00000000000c",
        "00000000-0000-4000-8000-00000000000d", "00000000-0000-4000-8000-00000000000e",
    ];

    private readonly EmbeddedWorker _worker = shared.Worker;

    [Fact]
    public async Task The_unique_beginning_of_an_id_is_enough()
    {
        var id = await _worker.StartRunAsync("""{"steps":["echo"]}""");

        (await _worker.GetAsync($"/api/runs/{id.ToString()[..23]}")).GetProperty("id").GetGuid().ShouldBe(id);
    }

    [Fact]
    public async Task An_ambiguous_beginning_is_refused_with_two_it_may_mean()
    {
        await _worker.StartRunAsync("""{"runId":"aaaaaaaa-0000-4000-8000-000000000001","steps":["echo"]}""");
        await _worker.StartRunAsync("""{"runId":"aaaaaaaa-0000-4000-8000-000000000002","steps":["echo"]}""");

        using var response = await _worker.TryGetAsync("/api/runs/aaaa");

        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("aaaaaaaa-0000-4000-8000-000000000002");
    }

    [Theory]
    [InlineData("zzz")]
    [InlineData("ffffffff-ffff-4fff-8fff-ffffffffffff")]
    public async Task An_id_nobody_knows_is_not_found(string id)
    {
        using var response = await _worker.TryGetAsync($"/api/runs/{id}");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Pages_go_from_the_newest_to_the_oldest_without_gap_or_repeat()
    {
        var started = new List<Guid>();
        for (var count = 0; count < 5; count++)
            started.Add(await _worker.StartRunAsync("""{"steps":["echo"]}"""));

        var seen = new List<Guid>();
        var next = "";
        do
        {
            var page = await _worker.GetAsync($"/api/runs?limit=2{next}");
            seen.AddRange(page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("id").GetGuid()));
            next = page.GetProperty("next").ValueKind == JsonValueKind.Null ? null : $"&before={page.GetProperty("next").GetString()}";
        }
        while (next is not null);

        seen.ShouldBeUnique();
        seen.Where(started.Contains).ShouldBe(Enumerable.Reverse(started));
    }

    [Fact]
    public async Task Pages_have_runs_of_the_same_moment_once_each()
    {
        var moment = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var id in SameMoment)
            await _worker.StoreAsync(OneStep, run => (run.CorrelationId, run.CreatedAt, run.CurrentState) = (Guid.Parse(id), moment, "Failed"));

        var seen = new List<string>();
        for (var next = $"&before={moment.UtcTicks + 1}_{Guid.Empty:N}"; next is not null;)
        {
            var page = await _worker.GetAsync($"/api/runs?status=failed&limit=2{next}");
            seen.AddRange(page.GetProperty("runs").EnumerateArray().Select(run => run.Text("id")!));
            next = page.Text("next") is { } cursor ? $"&before={cursor}" : null;
        }

        seen.ShouldBe(Enumerable.Reverse(SameMoment));
    }

    [Fact]
    public async Task The_last_page_has_no_next_when_it_is_full()
    {
        var moment = new DateTimeOffset(2019, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await _worker.StoreAsync(OneStep, run => run.CreatedAt = moment);

        var page = await _worker.GetAsync($"/api/runs?limit=1&before={moment.UtcTicks + 1}_{Guid.Empty:N}");

        page.GetProperty("runs").GetArrayLength().ShouldBe(1);
        page.Text("next").ShouldBeNull();
    }

    [Fact]
    public async Task A_key_means_the_latest_run_that_has_it()
    {
        const string Body = """{"steps":["echo"],"correlationKey":"READ-42"}""";
        await _worker.EndedRunAsync(await _worker.StartRunAsync(Body), "completed");
        var second = await _worker.StartRunAsync(Body);

        (await _worker.GetAsync("/api/runs/key:READ-42")).GetProperty("id").GetGuid().ShouldBe(second);
    }

    [Fact]
    public async Task A_list_can_be_narrowed_to_a_status()
    {
        await _worker.EndedRunAsync(await _worker.StartRunAsync("""{"steps":["fail"]}"""), "rolled_back");

        var runs = (await _worker.GetAsync("/api/runs?status=rolled_back&limit=500")).GetProperty("runs").EnumerateArray().ToList();

        runs.ShouldNotBeEmpty();
        runs.ShouldAllBe(run => run.GetProperty("status").GetString() == "rolled_back");
    }

    [Theory]
    [InlineData("status=done", "It must be one of pending, running")]
    [InlineData("limit=0", "It must be from 1 to 500")]
    [InlineData("limit=many", "It must be from 1 to 500")]
    [InlineData("before=yesterday", "It must be the `next` of the page before")]
    public async Task A_wrong_parameter_is_refused_with_its_rule(string query, string rule)
    {
        using var response = await _worker.TryGetAsync($"/api/runs?{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(rule);
    }

    [Fact]
    public async Task Steps_are_listed_with_their_schemas()
    {
        var steps = (await _worker.GetAsync("/api/steps")).GetProperty("steps").EnumerateArray().ToDictionary(step => step.GetProperty("name").GetString()!);

        steps.Keys.ShouldBe(["await-signal", "delay", "echo", "fail", "fail-compensation", "flaky"]);
        steps["echo"].GetProperty("compensates").GetBoolean().ShouldBeTrue();
        steps["echo"].GetProperty("inputSchema").ValueKind.ShouldNotBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Health_says_what_it_looked_at()
    {
        (await _worker.GetAsync("/health/live")).GetProperty("status").GetString().ShouldBe("healthy");
        var ready = await _worker.GetAsync("/health/ready");
        ready.GetProperty("checks").EnumerateObject().Select(check => check.Name).ShouldBe(["database", "faults", "outbox", "broker"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        var paths = (await _worker.GetAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject().Select(path => path.Name);

        paths.ShouldBe(
            [
                "/api/runs", "/api/runs/{id}", "/api/runs/{id}/cancel", "/api/runs/{id}/rollback", "/api/runs/{id}/signals/{name}", "/api/runs/{id}/graph",
                "/api/plans/validate", "/api/definitions", "/api/definitions/{kind}/{version}", "/api/definitions/{kind}/{version}/graph", "/api/steps",
            ],
            ignoreOrder: true);
    }
}
