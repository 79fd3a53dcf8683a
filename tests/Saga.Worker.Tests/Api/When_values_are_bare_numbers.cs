using System.Net;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

/// <summary>A database that stores a number where a text was meant gives back another one.</summary>
[Collection(nameof(OneWorker))]
public sealed class When_values_are_bare_numbers(SharedWorker shared)
{
    private const string Plan = """
        {"nodes":[{"name":"c","constant":NUMBER},{"name":"w","signal":"go"},{"name":"e","child":{"plan":{"nodes":[{"name":"w","signal":"go"}],"output":{"$ref":"input"}},"input":{"$ref":"input"}}}],
         "output":{"$ref":"w/payload"}}
        """;

    private readonly EmbeddedWorker _worker = shared.Worker;

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("12345678901234567890123")]
    [InlineData("9223372036854775808")]
    [InlineData("0.1234567890123456789")]
    [InlineData("1.10")]
    [InlineData("-0.0")]
    [InlineData("5")]
    public async Task Each_comes_back_as_it_was_written(string number)
    {
        var id = await _worker.StartRunAsync($$"""{"input":{{number}},"plan":{{Plan.Replace("NUMBER", number, StringComparison.Ordinal)}} }""");
        await _worker.PostAsync($"/api/runs/{id}/signals/go", $$"""{"payload":{{number}} }""").JsonAsync(HttpStatusCode.Accepted);
        var waiting = await _worker.RunAsync(id, run => run.GetProperty("waitingOn").EnumerateArray().Any(wait => wait.Text("for") == "child"));
        var child = waiting.GetProperty("waitingOn").EnumerateArray().Single(wait => wait.Text("for") == "child").GetProperty("childRunId").GetGuid();
        await _worker.RunAsync(child, run => run.Text("status") == "running");
        await _worker.PostAsync($"/api/runs/{child}/signals/go", $$"""{"payload":{{number}} }""").JsonAsync(HttpStatusCode.Accepted);

        var run = await _worker.EndedRunAsync(id, "completed");

        run.GetProperty("input").GetRawText().ShouldBe(number);
        run.GetProperty("output").GetRawText().ShouldBe(number);
        var outputs = run.GetProperty("outputs");
        outputs.GetProperty("c").GetRawText().ShouldBe(number);
        outputs.GetProperty("w").GetProperty("payload").GetRawText().ShouldBe(number);
        outputs.GetProperty("e").GetRawText().ShouldBe(number);
    }
}
