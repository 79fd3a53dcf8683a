using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

/// <summary>What is valid can be registered, read, drawn, started and run.</summary>
[Collection(nameof(OneWorker))]
public sealed class When_a_plan_is_deep_over_http(SharedWorker shared)
{
    private const int MostBodies = 32;

    private readonly EmbeddedWorker _worker = shared.Worker;

    public static TheoryData<string, string> Bodies() => new()
    {
        { "route", """{"name":"n","route":{"cases":[{"when":true,"nodes":[*]}]}}""" },
        { "subsaga", """{"name":"n","subsaga":{"input":{},"plan":{"nodes":[*]}}}""" },
        { "child", """{"name":"n","child":{"plan":{"nodes":[*]}}}""" },
        { "map", """{"name":"n","map":{"over":[{}],"nodes":[*]}}""" },
        { "loop", """{"name":"n","loop":{"maxIterations":1,"onMaxIterations":"continue","nodes":[*]}}""" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Everybody_agrees_on_how_many_bodies_may_be_inside_each_other(string kind, string body)
    {
        var plan = Nested(body, MostBodies);

        (await _worker.ValidateAsync(plan).JsonAsync(HttpStatusCode.OK)).GetProperty("isValid").GetBoolean().ShouldBeTrue();
        await _worker.PutAsync($"/api/definitions/deep-{kind}/1", plan).JsonAsync(HttpStatusCode.OK);
        (await DefinitionAsync(kind)).ShouldContain("\"step\":\"echo\"");
        (await _worker.TryGetAsync($"/api/definitions/deep-{kind}/1/graph")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await _worker.EndedRunAsync(await _worker.StartRunAsync($$"""{"plan":{{plan}}}"""), "completed");
        await _worker.EndedRunAsync(await _worker.StartRunAsync($$"""{"kind":"deep-{{kind}}"}"""), "completed");
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Everybody_refuses_one_more(string kind, string body)
    {
        var plan = Nested(body, MostBodies + 1);

        (await _worker.ValidateAsync(plan).JsonAsync(HttpStatusCode.OK)).Errors().Single().ShouldStartWith("nested_too_deep at /nodes");
        (await _worker.PutAsync($"/api/definitions/deep-{kind}/2", plan).JsonAsync(HttpStatusCode.BadRequest)).Errors().Single().ShouldStartWith("nested_too_deep at /nodes");
        (await _worker.PostAsync("/api/runs", $$"""{"plan":{{plan}}}""").JsonAsync(HttpStatusCode.BadRequest)).Errors().Single().ShouldStartWith("nested_too_deep at /plan/nodes");
        await _worker.TryGetAsync($"/api/definitions/deep-{kind}/2").JsonAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_deepest_constant_can_be_read_and_handed_on()
    {
        var value = new string('[', 48) + new string(']', 48);
        var plan = $$$"""{"nodes":[{"name":"a","constant":{{{value}}} },{"name":"b","step":"echo","input":{"message":{"$ref":"a"} } }]}""";

        await _worker.PutAsync("/api/definitions/deep-constant/1", plan).JsonAsync(HttpStatusCode.OK);
        var run = await _worker.EndedRunAsync(await _worker.StartRunAsync("""{"kind":"deep-constant"}"""), "completed");

        run.GetProperty("output").GetProperty("message").GetRawText().ShouldBe(value);
    }

    [Fact]
    public async Task A_deeper_constant_is_not_registered()
    {
        var plan = $$$"""{"nodes":[{"name":"a","constant":{{{new string('[', 61) + new string(']', 61)}}}}]}""";

        (await _worker.PutAsync("/api/definitions/deep-constant/2", plan).JsonAsync(HttpStatusCode.BadRequest)).Errors().ShouldBe(["nested_too_deep at /nodes/0/constant"]);

        await _worker.TryGetAsync("/api/definitions/deep-constant/2").JsonAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/api/plans/validate", "POST")]
    [InlineData("/api/definitions/latin/1", "PUT")]
    public async Task A_document_is_UTF8(string path, string method)
    {
        byte[] latin1 = [.. "nodes:\n- {name: h"u8, 0xE9, .. ", step: echo}"u8];

        (await SendAsync(latin1).JsonAsync(HttpStatusCode.BadRequest)).Text("detail")
            .ShouldBe("The document has a byte that is no UTF-8, 0xE9, at offset 17, in line 2. Text must be UTF-8. Save or send it as UTF-8.");
        (await SendAsync(Encoding.BigEndianUnicode.GetBytes("nodes: []")).JsonAsync(HttpStatusCode.BadRequest)).Text("detail")
            .ShouldBe("The document is UTF-16 text. Text must be UTF-8. Save or send it as UTF-8.");
        await SendAsync([0xEF, 0xBB, 0xBF, .. "nodes: [{ name: hello, step: echo }]"u8]).JsonAsync(HttpStatusCode.OK);

        async Task<HttpResponseMessage> SendAsync(byte[] document)
        {
            using var content = new ByteArrayContent(document);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = content };
            return await _worker.Http.SendAsync(request);
        }
    }

    private async Task<string> DefinitionAsync(string kind)
    {
        using var response = await _worker.TryGetAsync($"/api/definitions/deep-{kind}/1");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = await response.Content.ReadAsStringAsync();
        return JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 }).GetProperty("plan").GetRawText();
    }

    private static string Nested(string body, int bodies)
    {
        var node = """{"name":"x","step":"echo"}""";
        for (var i = 1; i < bodies; i++)
            node = body.Replace("*", node, StringComparison.Ordinal);
        return $$"""{"nodes":[{{node}}]}""";
    }
}
