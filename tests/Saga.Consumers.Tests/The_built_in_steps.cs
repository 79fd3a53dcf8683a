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

        (answer.Code, answer.Message).ShouldBe(("fail", message));
    }

    [Fact]
    public async Task Fail_compensation_completes_and_cannot_be_compensated()
    {
        await using var worker = await StartAsync();

        await worker.AskAsync<StepCompleted>(Execute("fail-compensation"));
        var answer = await worker.AskAsync<StepCompensationFailed>(Compensate("fail-compensation"));

        answer.Code.ShouldBe("compensation_failed");
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
