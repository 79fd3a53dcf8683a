using Microsoft.Extensions.DependencyInjection;
using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class The_built_in_steps
{
    private static Task<StepWorker> StartAsync(TimeProvider? time = null) =>
        StepWorker.StartAsync(services => services.AddSingleton(time ?? TimeProvider.System).AddBuiltInSteps());

    [Theory]
    [InlineData("""{"message":"hello","other":1}""", "\"hello\"")]
    [InlineData("""{"message":{"a":[1]}}""", """{"a":[1]}""")]
    [InlineData("{}", "null")]
    public async Task Echo_returns_the_message_and_puts_it_under_its_index(string input, string message)
    {
        await using var worker = await StartAsync();

        var answer = await worker.AskAsync<StepCompleted>(Execute("echo", input, nodeIndex: 7));

        answer.Output.ShouldBeJson($$"""{"message":{{message}}}""");
        answer.Put!.Keys.ShouldBe(["echoed_at_step_7"]);
        answer.Put["echoed_at_step_7"].ShouldBeJson(message);
    }

    [Theory]
    [InlineData("echo", """{"message":"hello"}""")]
    [InlineData("delay", """{"waited":"00:00:01"}""")]
    public async Task Echo_and_delay_can_be_compensated(string step, string output)
    {
        await using var worker = await StartAsync();

        (await worker.AskAsync<StepCompensated>(Compensate(step, output: output))).NothingToDo.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"failMessage":"No more."}""", "No more.")]
    [InlineData("""{"message":"hello"}""", "The step `fail` always fails.")]
    public async Task Fail_fails_with_the_message_of_the_input(string input, string message)
    {
        await using var worker = await StartAsync();

        var answer = await worker.AskAsync<StepFailed>(Execute("fail", input));

        (answer.Code, answer.Message, answer.Retryable).ShouldBe(("fail", message, false));
    }

    [Fact]
    public async Task Fail_compensation_completes_and_cannot_be_compensated()
    {
        await using var worker = await StartAsync();

        await worker.AskAsync<StepCompleted>(Execute("fail-compensation"));
        var answer = await worker.AskAsync<StepCompensationFailed>(Compensate("fail-compensation"));

        (answer.Code, answer.Retryable).ShouldBe(("compensation_failed", false));
    }

    [Theory]
    [InlineData("{}", 2, "exception")]
    [InlineData("""{"succeedAt":2}""", 1, "exception")]
    [InlineData("""{"code":"rate_limited"}""", 1, "rate_limited")]
    public async Task Flaky_throws_before_the_attempt_of_the_input(string input, int attempt, string code)
    {
        await using var worker = await StartAsync();

        var answer = await worker.AskAsync<StepFailed>(Execute("flaky", input, attempt: attempt));

        (answer.Code, answer.Retryable).ShouldBe((code, true));
        answer.Message.ShouldEndWith($", and this is attempt {attempt}.");
    }

    [Theory]
    [InlineData("{}", 3)]
    [InlineData("""{"succeedAt":2,"code":"rate_limited"}""", 2)]
    [InlineData("""{"succeedAt":1}""", 2)]
    public async Task Flaky_completes_from_then_on(string input, int attempt)
    {
        await using var worker = await StartAsync();

        var answer = await worker.AskAsync<StepCompleted>(Execute("flaky", input, attempt: attempt));

        answer.Output.ShouldBeJson($$"""{"attempt":{{attempt}}}""");
    }

    [Theory]
    [InlineData("""{"signal":"approved","timeout":"PT1M","message":"hello"}""", "PT1M")]
    [InlineData("""{"signal":"approved","timeout":"01:30:00"}""", "PT1H30M")]
    [InlineData("""{"signal":"approved"}""", null)]
    public async Task Await_signal_awaits_the_signal_of_the_input(string input, string? timeout)
    {
        await using var worker = await StartAsync();

        var answer = await worker.AskAsync<StepAwaiting>(Execute("await-signal", input));

        answer.Signals.ShouldBe(["approved"]);
        answer.Timeout.ShouldBe(timeout);
    }

    [Theory]
    [InlineData("""{"by":"Kim"}""", """{"signal":"approved","payload":{"by":"Kim"},"timedOut":false}""")]
    [InlineData(null, """{"signal":"approved","payload":null,"timedOut":false}""")]
    public async Task Await_signal_returns_what_arrived(string? payload, string output)
    {
        await using var worker = await StartAsync();
        var resumption = new StepResumption { Signals = [Signal("approved", payload)] };

        var answer = await worker.AskAsync<StepCompleted>(Execute("await-signal", """{"signal":"approved"}""", resumption: resumption));

        answer.Output.ShouldBeJson(output);
    }

    [Fact]
    public async Task Await_signal_completes_without_it_when_the_time_is_over()
    {
        await using var worker = await StartAsync();
        var resumption = new StepResumption { Signals = [], TimedOut = true };

        var answer = await worker.AskAsync<StepCompleted>(Execute("await-signal", """{"signal":"approved"}""", resumption: resumption));

        answer.Output.ShouldBeJson("""{"signal":"approved","payload":null,"timedOut":true}""");
    }

    [Theory]
    [InlineData("""{"timeout":"PT1M"}""", "signal")]
    [InlineData("""{"signal":""}""", "with 0 characters")]
    [InlineData("""{"signal":"approved","timeout":"soon"}""", "`timeout` is \"soon\".")]
    [InlineData("""{"signal":"approved","timeout":60}""", "timeout")]
    [InlineData("""{"signal":"approved","timeout":"PT0S"}""", "A timeout must be positive.")]
    public async Task Await_signal_refuses_what_it_cannot_wait_for(string input, string clue)
    {
        await using var worker = await StartAsync();

        var answer = await worker.AskAsync<StepFailed>(Execute("await-signal", input));

        (answer.Code, answer.Retryable).ShouldBe(("invalid_input", false));
        answer.Message.ShouldContain(clue);
    }

    [Theory]
    [InlineData("""{"delay":"PT0.2S"}""", 200)]
    [InlineData("""{"delay":"00:00:00.2","message":"hello"}""", 200)]
    [InlineData("""{"delay":"PT5M"}""", 300_000)]
    [InlineData("""{"delay":null}""", 1_000)]
    [InlineData("{}", 1_000)]
    public async Task Delay_waits_as_long_as_the_input_says(string input, int milliseconds)
    {
        var time = new FakeTime();
        await using var worker = await StartAsync(time);
        (await time.NextTimerAsync()).Period.ShouldBe(TimeSpan.FromSeconds(10), "this one announces");
        (await time.NextTimerAsync()).DueTime.ShouldBe(TimeSpan.FromSeconds(10), "and this one ends its patience");

        await worker.SendAsync(Execute("delay", input), "delay");

        var timer = await time.NextTimerAsync();
        timer.DueTime.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
        timer.Fire();
        await worker.NextAnswerAsync<StepCompleted>();
    }

    [Theory]
    [InlineData("5")]
    [InlineData("\"5\"")]
    [InlineData("\"soon\"")]
    [InlineData("\"PT5M0.001S\"")]
    [InlineData("\"-PT1S\"")]
    [InlineData("\"P99999999999D\"")]
    public async Task Delay_refuses_bare_numbers_and_durations_out_of_range(string delay)
    {
        await using var worker = await StartAsync();

        var answer = await worker.AskAsync<StepFailed>(Execute("delay", $$"""{"delay":{{delay}}}"""));

        answer.Code.ShouldBe("invalid_input");
        answer.Message.ShouldStartWith("`delay` is ");
    }
}
