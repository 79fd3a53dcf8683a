using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_a_step_throws
{
    private const string Input = """{"name":"acme"}""";

    [Fact]
    public async Task The_exception_is_a_failure_that_another_attempt_may_not_have()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = _ => throw new InvalidOperationException("The disk is full."),
        });

        var answer = await worker.AskAsync<StepFailed>(Execute("scripted", Input));

        (answer.Code, answer.Message).ShouldBe(("exception", "InvalidOperationException: The disk is full."));
        (answer.Retryable, answer.RetryAfter).ShouldBe((true, null));
        worker.Logged.Lines.ShouldContain(line => line.EventId == 2001);
    }

    [Fact]
    public async Task A_code_of_its_own_takes_the_place_of_the_type()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = _ => throw new TransientStepException("rate_limited", "Too many requests.", new HttpRequestException("429"))
            {
                RetryAfter = TimeSpan.FromSeconds(90),
            },
        });
        var command = Execute("scripted", Input);

        var answer = await worker.AskAsync<StepFailed>(command);

        answer.ShouldBe(new StepFailed
        {
            RunId = command.RunId,
            Node = "node-2",
            Attempt = 3,
            DispatchId = 17,
            Code = "rate_limited",
            Message = "Too many requests.",
            Retryable = true,
            RetryAfter = "PT1M30S",
        });
    }

    [Fact]
    public void A_code_of_its_own_is_never_blank_and_its_wait_never_negative()
    {
        Should.Throw<ArgumentException>(() => new TransientStepException(" ", "Too many requests."));
        Should.Throw<ArgumentException>(() => new TransientStepException("rate_limited", "Too many.") { RetryAfter = TimeSpan.FromSeconds(-1) })
            .Message.ShouldStartWith("The wait before the next attempt is -00:00:01. It must not be negative.");
    }

    [Fact]
    public async Task The_worker_serves_the_next_command()
    {
        var calls = 0;
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = _ => ++calls == 1
                ? throw new InvalidOperationException("Only once.")
                : Task.FromResult(StepResult.Completed<object?>(null)),
        });

        await worker.AskAsync<StepFailed>(Execute("scripted", Input));
        await worker.AskAsync<StepCompleted>(Execute("scripted", Input));
    }

    [Fact]
    public async Task A_message_without_end_is_cut_off()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = _ => throw new InvalidOperationException(new string('x', 100_000)),
        });

        var answer = await worker.AskAsync<StepFailed>(Execute("scripted", Input));

        answer.Message.Length.ShouldBe(4_000);
    }

    [Fact]
    public async Task A_cancellation_of_its_own_is_a_failure_like_any_other()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = _ => throw new TaskCanceledException("The request timed out."),
        });

        var answer = await worker.AskAsync<StepFailed>(Execute("scripted", Input));

        answer.Message.ShouldBe("TaskCanceledException: The request timed out.");
        answer.Retryable.ShouldBeTrue();
    }

    [Fact]
    public async Task Returning_no_result_is_told_with_the_remedy()
    {
        await using var worker = await StepWorker.StartAsync(new Script { Execute = _ => Task.FromResult<StepResult<object?>>(null!) });

        var answer = await worker.AskAsync<StepFailed>(Execute("scripted", Input));

        answer.Message.ShouldBe(
            "InvalidOperationException: ScriptedStep returned null. A step says how it ended. "
            + "Return what StepResult makes.");
    }

    [Fact]
    public async Task A_step_that_cannot_be_made_has_failed_too()
    {
        await using var worker = await StepWorker.StartAsync(services => services.AddStep<ScriptedStep>());

        var answer = await worker.AskAsync<StepFailed>(Execute("scripted", Input));

        (answer.Code, answer.Retryable).ShouldBe(("exception", true));
        answer.Message.ShouldContain(nameof(Script));
    }
}
