using System.Text;
using System.Text.Json;
using Saga.Contracts.Json;
using Saga.Integration.Tests.Deployments;
using Saga.Worker.Tests.Json;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

/// <summary>On PostgreSQL and RabbitMQ, sent by programs that know nothing of .NET's idea of text and depth.</summary>
public sealed class When_values_break_the_rule(SingleWorker worker) : IClassFixture<SingleWorker>
{
    private static readonly string Deep = new string('[', 57) + new string(']', 57);

    public static TheoryData<string, string, string, string> BadAnswers() => new()
    {
        { "half-output", "StepCompleted", """ "output":{"id":"\ud83d"} """, "invalid_text" },
        { "latin-output", "StepCompleted", """ "output":{"id":"é"} """, "invalid_text" },
        { "deep-output", "StepCompleted", $" \"output\":{Deep} ", "value_too_deep" },
        { "deeper-output", "StepCompleted", $" \"output\":{new string('[', 900)}{new string(']', 900)} ", "value_too_deep" },
        { "large-output", "StepCompleted", $" \"output\":\"{new string('x', 5 * 1024 * 1024)}\" ", "value_too_large" },
        { "half-put", "StepCompleted", """ "output":1,"put":{"a":"\ud83d"} """, "invalid_text" },
        { "half-key", "StepCompleted", """ "output":1,"put":{"\ud83d":1} """, "invalid_text" },
        { "deep-put", "StepCompleted", $" \"put\":{{\"a\":{Deep[1..^1]}}} ", "value_too_deep" },
        { "large-put", "StepCompleted", $" \"put\":{{\"a\":\"{new string('x', 1024 * 1024)}\"}} ", "context_too_large" },
        { "half-snapshot", "StepAwaiting", """ "signals":["go"],"snapshot":"\ud83d" """, "invalid_text" },
    };

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task A_step_whose_answer_breaks_it_is_compensated(string step, string type, string rest, string code)
    {
        await using var blunt = await BluntStep.HostAsync(worker.Broker, step, type, rest, step.StartsWith("latin", StringComparison.Ordinal) ? Encoding.Latin1 : Encoding.UTF8);
        await worker.Deployment.SeeStepAsync(step);

        var id = await worker.Api.StartAsync([step]);

        var run = await worker.Api.SeeEndAsync(id, () => worker.Output);
        run.GetProperty("status").GetString().ShouldBe("rolled_back");
        run.GetProperty("reason").GetString().ShouldBe($"step_failed:{step}");
        var node = run.GetProperty("nodes")[0];
        node.GetProperty("status").GetString().ShouldBe("compensated");
        node.GetProperty("error").GetProperty("code").GetString().ShouldBe(code);
        await worker.Deployment.ShouldBeIdleAsync();
    }

    [Fact]
    public async Task A_message_that_was_cut_within_a_character_is_mended()
    {
        await using var blunt = await BluntStep.HostAsync(worker.Broker, "cut", "StepFailed", """ "code":"qu\ud83dota","message":"too much \ud83d" """, Encoding.UTF8);
        await worker.Deployment.SeeStepAsync("cut");

        var id = await worker.Api.StartAsync(["cut"]);

        var error = (await worker.Api.SeeEndAsync(id, () => worker.Output)).GetProperty("nodes")[0].GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("qu\uFFFDota");
        error.GetProperty("message").GetString().ShouldBe("too much \uFFFD");
    }

    public static TheoryData<string, string, string> BadStarts() => new()
    {
        { """ "input":{"message":"\ud800"} """, "invalid_text", "/input/message" },
        { """ "input":{"message":"h$"} """, "invalid_text", "/input/message" },
        { $" \"input\":{new string('[', 49)}{new string(']', 49)} ", "value_too_deep", "/input" + string.Concat(Enumerable.Repeat("/0", 48)) },
        { $" \"input\":{new string('[', 900)}{new string(']', 900)} ", "value_too_deep", "/input" + string.Concat(Enumerable.Repeat("/0", 48)) },
        { """ "correlationKey":"a\ud800" """, "invalid_correlation_key", "/correlationKey" },
    };

    [Theory]
    [MemberData(nameof(BadStarts))]
    public async Task A_start_is_rejected_and_its_id_can_be_used_again(string rest, string code, string pointer)
    {
        await using var news = await News.SubscribeAsync(worker.Broker, "ProvisioningRejected", "ProvisioningCompleted");
        foreach (var contentType in new[] { PlainSender.PlainJson, PlainSender.Envelope })
        {
            var id = Guid.NewGuid();

            await SendAsync("StartProvisioning", $$"""{"runId":"{{id}}","steps":["echo"],{{rest}} }""", contentType);

            var error = (await news.SeeAsync("ProvisioningRejected", id, () => worker.Output)).GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
            (error.GetProperty("code").GetString(), error.GetProperty("pointer").GetString()).ShouldBe((code, pointer));

            await SendAsync("StartProvisioning", $$"""{"runId":"{{id}}","steps":["echo"],"input":{"message":"well"} }""", contentType);
            await news.SeeAsync("ProvisioningCompleted", id, () => worker.Output);
            await worker.Deployment.ShouldBeIdleAsync();
        }
    }

    public static TheoryData<string, string> BadSignals() => new()
    {
        { """ "name":"go","payload":"\ud800" """, "invalid_text" },
        { """ "name":"g\ud800","payload":1 """, "invalid_signal_name" },
        { """ "name":"go","dedupKey":"\ud800" """, "invalid_dedup_key" },
        { $" \"name\":\"go\",\"payload\":{new string('[', 49)}{new string(']', 49)} ", "value_too_deep" },
        { $" \"name\":\"go\",\"payload\":\"{new string('x', 1024 * 1024)}\" ", "payload_too_large" },
    };

    [Theory]
    [MemberData(nameof(BadSignals))]
    public async Task A_signal_is_rejected_and_the_run_goes_on_with_the_next(string rest, string code)
    {
        await using var news = await News.SubscribeAsync(worker.Broker, "ProvisioningRejected");
        var id = await worker.Api.StartAsync(["await-signal"], new { signal = "go" });

        await SendAsync("SignalProvisioning", $$"""{"runId":"{{id}}",{{rest}} }""", PlainSender.PlainJson);

        (await news.SeeAsync("ProvisioningRejected", id, () => worker.Output)).GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe(code);
        await SendAsync("SignalProvisioning", $$"""{"runId":"{{id}}","name":"go","payload":{"by":"kim"},"by":"cut \ud83d"}""", PlainSender.PlainJson);
        (await worker.Api.SeeEndAsync(id, () => worker.Output)).GetProperty("status").GetString().ShouldBe("completed");
        await worker.Deployment.ShouldBeIdleAsync();
    }

    [Theory]
    [InlineData("""{"name":"n","route":{"cases":[{"when":true,"nodes":[*]}]}}""")]
    [InlineData("""{"name":"n","child":{"plan":{"nodes":[*]}}}""")]
    public async Task The_deepest_plan_is_run(string body)
    {
        var node = """{"name":"x","step":"echo"}""";
        for (var i = 1; i < 32; i++)
            node = body.Replace("*", node, StringComparison.Ordinal);

        await using var news = await News.SubscribeAsync(worker.Broker, "ProvisioningCompleted");
        foreach (var contentType in new[] { PlainSender.PlainJson, PlainSender.Envelope })
        {
            var id = Guid.NewGuid();
            await SendAsync("StartProvisioning", $$"""{"runId":"{{id}}","plan":{"nodes":[{{node}}]},"input":{"message":"deep"} }""", contentType);
            await news.SeeAsync("ProvisioningCompleted", id, () => worker.Output);
        }
    }

    [Fact]
    public async Task What_is_accepted_comes_back_as_it_was_sent()
    {
        await using var news = await News.SubscribeAsync(worker.Broker, "ProvisioningRejected", "ProvisioningCompleted");
        foreach (var value in LimitValues.Sample(40, ValueRule.MaxDepthGiven - 1))
        {
            var id = Guid.NewGuid();
            await new PlainSender(worker.Broker).SendAsync(
                "saga-runs", $$"""{"runId":"{{id}}","steps":["echo"],"input":{"message":{{value.Json}} } }""", "StartProvisioning");

            await news.SeeAsync(value.IsGood ? "ProvisioningCompleted" : "ProvisioningRejected", id, () => $"{value.Json}{Environment.NewLine}{worker.Output}");
            if (!value.IsGood || value.HasRepeats)
                continue;
            var run = await worker.Api.ReadAsync(id);
            var sent = JsonElement.Parse(value.Json);
            JsonElement.DeepEquals(run.GetProperty("input").GetProperty("message"), sent).ShouldBeTrue(value.Json);
            JsonElement.DeepEquals(run.GetProperty("nodes")[0].GetProperty("input").GetProperty("message"), sent).ShouldBeTrue(value.Json);
            if (value.Json != "null")
                JsonElement.DeepEquals(run.GetProperty("context").GetProperty("echoed_at_step_0"), sent).ShouldBeTrue(value.Json);
        }

        await worker.Deployment.ShouldBeIdleAsync();
    }

    // A `$` stands for a byte that is no UTF-8.
    private Task SendAsync(string type, string message, string contentType)
    {
        var body = contentType == PlainSender.PlainJson ? message : $$"""{"messageType":["urn:message:Saga.Contracts:{{type}}"],"message":{{message}} }""";
        return new PlainSender(worker.Broker).SendAsync(
            "saga-runs", Encoding.Latin1.GetBytes(body.Replace('$', 'é')), contentType == PlainSender.PlainJson ? type : null, contentType);
    }
}
