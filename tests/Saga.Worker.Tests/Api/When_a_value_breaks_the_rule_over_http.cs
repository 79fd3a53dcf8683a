using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

[Collection(nameof(OneWorker))]
public sealed class When_a_value_breaks_the_rule_over_http(SharedWorker shared)
{
    private readonly EmbeddedWorker _worker = shared.Worker;

    public static TheoryData<string, string> BrokenInputs() => new()
    {
        { """{"message":"\ud800"}""", "invalid_text at /input/message" },
        { """{"\uDFFF":1}""", "invalid_text at /input/\uFFFD" },
        { $$"""{"message":{{Arrays(48)}}}""", $"value_too_deep at /input/message{Zeros(47)}" },
        { $$"""{"message":{{Arrays(61)}}}""", $"value_too_deep at /input/message{Zeros(47)}" },
        { $$"""{"message":{{Arrays(62)}}}""", $"value_too_deep at /input/message{Zeros(47)}" },
    };

    [Theory]
    [MemberData(nameof(BrokenInputs))]
    public async Task A_start_is_refused_and_the_id_can_be_used_again(string input, string error)
    {
        var id = Guid.CreateVersion7();

        var problem = await _worker.PostAsync("/api/runs", Start(input)).JsonAsync(HttpStatusCode.BadRequest);

        problem.Errors().ShouldBe([error]);
        await _worker.TryGetAsync($"/api/runs/{id}").JsonAsync(HttpStatusCode.NotFound);
        await _worker.PostAsync("/api/runs", Start("""{"message":"well"}""")).JsonAsync(HttpStatusCode.Accepted);
        await _worker.EndedRunAsync(id, "completed");

        string Start(string given) => $$"""{"runId":"{{id}}","steps":["echo"],"input":{{given}}}""";
    }

    [Fact]
    public async Task The_deepest_input_comes_back_as_it_was_sent()
    {
        var input = $$"""{"message":{{Arrays(47)}}}""";
        var id = await _worker.StartRunAsync($$"""{"steps":["echo"],"input":{{input}}}""");

        var run = await _worker.EndedRunAsync(id, "completed");

        run.GetProperty("input").GetRawText().ShouldBe(input);
        run.GetProperty("output").GetRawText().ShouldBe(input);
        run.GetProperty("context").GetProperty("echoed_at_step_0").GetRawText().ShouldBe(Arrays(47));
    }

    [Theory]
    [InlineData("correlationKey", "invalid_text at /correlationKey")]
    [InlineData("kind", "invalid_text at /kind")]
    public async Task Names_are_text_too(string property, string error)
    {
        var problem = await _worker.PostAsync("/api/runs", $$"""{"{{property}}":"a\ud83d"}""").JsonAsync(HttpStatusCode.BadRequest);

        problem.Errors().ShouldBe([error]);
    }

    [Theory]
    [InlineData("""{"payload":"\ud800"}""", "invalid_text at /payload")]
    [InlineData("""{"payload":1,"dedupKey":"\ud800"}""", "invalid_text at /dedupKey")]
    [InlineData("""{"payload":1,"by":"\ud800"}""", "invalid_text at /by")]
    public async Task A_signal_is_refused_and_nothing_of_it_is_kept(string body, string error)
    {
        var id = await WaitingRunAsync();

        var problem = await _worker.PostAsync($"/api/runs/{id}/signals/go", body).JsonAsync(HttpStatusCode.BadRequest);

        problem.Errors().ShouldBe([error]);
        await GoesOnWithTheNextSignalAsync(id);
    }

    [Theory]
    [InlineData(49)]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(999)]
    public async Task A_signal_whose_payload_is_too_deep_is_refused(int depth)
    {
        var id = await WaitingRunAsync();

        var problem = await _worker.PostAsync($"/api/runs/{id}/signals/go", $$"""{"payload":{{Arrays(depth)}}}""").JsonAsync(HttpStatusCode.BadRequest);

        problem.Errors().ShouldBe([$"value_too_deep at /payload{Zeros(48)}"]);
        await GoesOnWithTheNextSignalAsync(id);
    }

    [Fact]
    public async Task The_deepest_payload_comes_back_as_it_was_sent()
    {
        var id = await WaitingRunAsync();

        await _worker.PostAsync($"/api/runs/{id}/signals/go", $$"""{"payload":{{Arrays(48)}}}""").JsonAsync(HttpStatusCode.Accepted);

        var output = (await _worker.EndedRunAsync(id, "completed")).GetProperty("output");
        output.GetProperty("signals")[0].GetProperty("payload").GetRawText().ShouldBe(Arrays(48));
    }

    [Fact]
    public async Task A_large_payload_is_refused_by_its_own_size()
    {
        var id = await WaitingRunAsync();

        var problem = await _worker.PostAsync($"/api/runs/{id}/signals/go", $$"""{"payload":"{{new string('x', 1024 * 1024)}}"}""")
            .JsonAsync(HttpStatusCode.RequestEntityTooLarge);

        problem.Errors().ShouldBe(["payload_too_large at /payload"]);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("rollback")]
    public async Task A_reason_is_text_too(string verb)
    {
        var id = await WaitingRunAsync();

        var problem = await _worker.PostAsync($"/api/runs/{id}/{verb}", """{"reason":"\ud800"}""").JsonAsync(HttpStatusCode.BadRequest);

        problem.Errors().ShouldBe(["invalid_text at /reason"]);
    }

    [Fact]
    public async Task A_body_is_UTF8()
    {
        byte[] body = [.. """{"steps":["echo"],"input":{"message":"h"""u8, 0xE9, .. "\"}}"u8];

        var problem = await PostAsync("/api/runs", body).JsonAsync(HttpStatusCode.BadRequest);

        problem.Text("detail").ShouldBe("The body has a byte that is no UTF-8, 0xE9, at offset 39, in line 1. Text must be UTF-8. Save or send it as UTF-8.");
    }

    [Fact]
    public async Task A_body_in_UTF16_is_told_that_it_is()
    {
        var problem = await PostAsync("/api/runs", Encoding.Unicode.GetBytes("""{"steps":["echo"]}""")).JsonAsync(HttpStatusCode.BadRequest);

        problem.Text("detail").ShouldBe("The body is UTF-16 text. Text must be UTF-8. Save or send it as UTF-8.");
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over() =>
        await PostAsync("/api/runs", [0xEF, 0xBB, 0xBF, .. """{"steps":["echo"]}"""u8]).JsonAsync(HttpStatusCode.Accepted);

    private async Task<Guid> WaitingRunAsync()
    {
        var id = await _worker.StartRunAsync("""{"plan":{"nodes":[{"name":"wait","signal":{"names":["go"]}}]}}""");
        await _worker.RunAsync(id, run => run.GetProperty("waitingOn").GetArrayLength() == 1);
        return id;
    }

    private async Task GoesOnWithTheNextSignalAsync(Guid id)
    {
        await _worker.PostAsync($"/api/runs/{id}/signals/go", """{"payload":"well"}""").JsonAsync(HttpStatusCode.Accepted);
        (await _worker.EndedRunAsync(id, "completed")).GetProperty("output").Text("payload").ShouldBe("well");
        var health = await _worker.GetAsync("/health/ready");
        health.GetProperty("checks").GetProperty("outbox").Text("status").ShouldBe("healthy", health.GetRawText());
    }

    private async Task<HttpResponseMessage> PostAsync(string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await _worker.Http.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    private static string Arrays(int depth) => new string('[', depth) + new string(']', depth);

    private static string Zeros(int count) => string.Concat(Enumerable.Repeat("/0", count));
}
