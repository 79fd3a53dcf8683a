using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_a_step_handles_its_errors
{
    private const string Input = """{"name":"acme"}""";

    [Fact]
    public async Task An_exception_may_mean_that_it_completed()
    {
        await using var worker = await StartAsync((exception, _) => StepResult.Completed<object?>(exception.Message));

        var answer = await worker.AskAsync<StepCompleted>(Execute("handling", Input));

        answer.Output.ShouldBeJson("\"It exists already.\"");
        answer.Put!["before"].GetBoolean().ShouldBeTrue();
        worker.Logged.Lines.ShouldContain(line => line.EventId == 2004 && line.Text.EndsWith("which its error handler answers as Completed"));
        worker.Logged.Lines.ShouldNotContain(line => line.EventId == 2001);
    }

    [Fact]
    public async Task An_exception_may_mean_a_business_failure()
    {
        await using var worker = await StartAsync((_, context) => StepResult.Failed("name_taken", $"{context.Input.Name} belongs to somebody else."));

        var answer = await worker.AskAsync<StepFailed>(Execute("handling", Input));

        (answer.Code, answer.Message, answer.Retryable).ShouldBe(("name_taken", "acme belongs to somebody else.", false));
    }

    [Fact]
    public async Task An_exception_may_mean_that_it_is_tried_again_later()
    {
        await using var worker = await StartAsync((_, _) => StepResult.Retry(TimeSpan.FromMinutes(2), "It is being deleted."));

        var answer = await worker.AskAsync<StepFailed>(Execute("handling", Input));

        (answer.Code, answer.Message).ShouldBe(("retry", "It is being deleted."));
        (answer.Retryable, answer.RetryAfter).ShouldBe((true, "PT2M"));
        worker.Logged.Lines.ShouldContain(line => line.EventId == 2001);
    }

    [Fact]
    public async Task An_exception_may_mean_that_it_awaits_a_signal()
    {
        await using var worker = await StartAsync((_, _) => StepResult.Await("released", snapshot: 5));

        var answer = await worker.AskAsync<StepAwaiting>(Execute("handling", Input));

        answer.Signals.ShouldBe(["released"]);
        answer.Snapshot.ShouldBeJson("5");
    }

    [Fact]
    public async Task An_exception_it_does_not_know_is_a_technical_failure()
    {
        await using var worker = await StartAsync((exception, _) => StepResult.FromException(exception));

        var answer = await worker.AskAsync<StepFailed>(Execute("handling", Input));

        (answer.Code, answer.Message, answer.Retryable).ShouldBe(("exception", "IOException: It exists already.", true));
    }

    [Fact]
    public async Task Throwing_the_same_exception_leaves_it_as_it_is()
    {
        await using var worker = await StartAsync((exception, _) => throw exception);

        var answer = await worker.AskAsync<StepFailed>(Execute("handling", Input));

        (answer.Code, answer.Message, answer.Retryable).ShouldBe(("exception", "IOException: It exists already.", true));
    }

    [Fact]
    public async Task An_exception_of_the_handler_does_not_hide_the_one_it_was_asked_about()
    {
        await using var worker = await StartAsync((_, _) => throw new FormatException("No JSON."));

        var answer = await worker.AskAsync<StepFailed>(Execute("handling", Input));

        (answer.Code, answer.Retryable).ShouldBe(("exception", true));
        answer.Message.ShouldBe("IOException: It exists already. The error handler of the step threw on it: FormatException: No JSON.");
        worker.Logged.Lines.ShouldContain(line => line.EventId == 2001);
    }

    [Fact]
    public async Task An_exception_of_the_handler_may_have_a_code_of_its_own()
    {
        await using var worker = await StartAsync((_, _) => throw new TransientStepException("rate_limited", "Too many requests."));

        var answer = await worker.AskAsync<StepFailed>(Execute("handling", Input));

        (answer.Code, answer.Retryable).ShouldBe(("rate_limited", true));
        answer.Message.ShouldBe("IOException: It exists already. The error handler of the step threw on it: Too many requests.");
    }

    [Fact]
    public async Task Returning_no_result_is_a_failure_of_the_handler()
    {
        await using var worker = await StartAsync((_, _) => null!);

        var answer = await worker.AskAsync<StepFailed>(Execute("handling", Input));

        answer.Message.ShouldBe(
            "IOException: It exists already. The error handler of the step threw on it: InvalidOperationException: It returned null. "
            + "Return StepResult.FromException for an exception it does not know.");
    }

    [Fact]
    public async Task An_input_that_does_not_fit_is_not_its_business()
    {
        await using var worker = await StartAsync((_, _) => StepResult.Completed<object?>(null));

        (await worker.AskAsync<StepFailed>(Execute("handling", "[]"))).Code.ShouldBe("invalid_input");
    }

    [Fact]
    public async Task A_cancellation_of_the_steps_own_is_handed_over_like_any_other_exception()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = _ => throw new TaskCanceledException("The request timed out."),
            OnError = (exception, _) => Task.FromResult<StepResult<object?>>(StepResult.Failed("too_slow", exception.Message)),
        });

        (await worker.AskAsync<StepFailed>(Execute("handling", Input))).Code.ShouldBe("too_slow");
    }

    private static Task<StepWorker> StartAsync(Func<Exception, StepContext<ScriptedInput>, StepResult<object?>> handle) =>
        StepWorker.StartAsync(new Script
        {
            Execute = context =>
            {
                context.Put("before", true);
                throw new IOException("It exists already.");
            },
            OnError = (exception, context) => Task.FromResult(handle(exception, context)),
        });
}
