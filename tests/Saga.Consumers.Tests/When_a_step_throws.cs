using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_a_step_throws
{
    private const string Input = """{"name":"acme"}""";

    [Fact]
    public async Task The_exception_is_its_failure()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = _ => throw new InvalidOperationException("The disk is full."),
        });

        var answer = await worker.AskAsync<StepFailed>(Execute("scripted", Input));

        (answer.Code, answer.Message).ShouldBe(("exception", "InvalidOperationException: The disk is full."));
        worker.Logged.Lines.ShouldContain(line => line.EventId == 2001);
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
    }

    [Fact]
    public async Task Returning_no_result_is_told_with_the_remedy()
    {
        await using var worker = await StepWorker.StartAsync(new Script { Execute = _ => Task.FromResult<StepResult<object?>>(null!) });

        var answer = await worker.AskAsync<StepFailed>(Execute("scripted", Input));

        answer.Message.ShouldBe(
            "InvalidOperationException: ScriptedStep returned null. A step says how it ended. "
            + "Return StepResult.Completed or StepResult.Failed.");
    }

    [Fact]
    public async Task A_step_that_cannot_be_made_has_failed_too()
    {
        await using var worker = await StepWorker.StartAsync(services => services.AddStep<ScriptedStep>());

        var answer = await worker.AskAsync<StepFailed>(Execute("scripted", Input));

        answer.Code.ShouldBe("exception");
        answer.Message.ShouldContain(nameof(Script));
    }
}
