using System.Globalization;
using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_a_step_asks_for_another_attempt
{
    private const string Input = """{"name":"acme"}""";

    [Theory]
    [InlineData("00:00:00", "PT0S")]
    [InlineData("00:00:30", "PT30S")]
    [InlineData("1.02:03:04.5", "P1DT2H3M4.5S")]
    public async Task The_answer_says_when(string after, string retryAfter)
    {
        var wait = TimeSpan.Parse(after, CultureInfo.InvariantCulture);
        await using var worker = await StartAsync(StepResult.Retry(wait, "The volume is still being attached."));
        var command = Execute("scripted", Input);

        var answer = await worker.AskAsync<StepFailed>(command);

        answer.ShouldBe(new StepFailed
        {
            RunId = command.RunId,
            Node = "node-2",
            Attempt = 3,
            DispatchId = 17,
            Code = "retry",
            Message = "The volume is still being attached.",
            Retryable = true,
            RetryAfter = retryAfter,
        });
    }

    [Fact]
    public async Task It_need_not_say_why()
    {
        await using var worker = await StartAsync(StepResult.Retry(TimeSpan.FromSeconds(1)));

        (await worker.AskAsync<StepFailed>(Execute("scripted", Input))).Message.ShouldBe("The step asks for another attempt.");
    }

    [Fact]
    public async Task A_code_of_its_own_leaves_the_wait_to_the_retry_policy()
    {
        await using var worker = await StartAsync(StepResult.Transient("rate_limited", "Too many requests."));

        var answer = await worker.AskAsync<StepFailed>(Execute("scripted", Input));

        (answer.Code, answer.Message).ShouldBe(("rate_limited", "Too many requests."));
        (answer.Retryable, answer.RetryAfter).ShouldBe((true, null));
    }

    [Fact]
    public async Task It_is_not_logged_as_an_error()
    {
        await using var worker = await StartAsync(StepResult.Retry(TimeSpan.FromSeconds(1)));

        await worker.AskAsync<StepFailed>(Execute("scripted", Input));

        worker.Logged.Lines.ShouldNotContain(line => line.EventId == 2001);
    }

    [Fact]
    public void A_negative_wait_is_refused() =>
        Should.Throw<ArgumentException>(() => StepResult.Retry(TimeSpan.FromSeconds(-1))).Message
            .ShouldStartWith("The wait before the next attempt is -00:00:01. It must not be negative. Give zero for an attempt at once.");

    [Fact]
    public void A_blank_code_is_refused() => Should.Throw<ArgumentException>(() => StepResult.Transient("", "Too many requests."));

    private static Task<StepWorker> StartAsync(StepResult<object?> result) =>
        StepWorker.StartAsync(new Script { Execute = _ => Task.FromResult(result) });
}
