using System.Text.Json;
using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_a_step_is_compensated
{
    private const string Input = """{"name":"acme"}""";

    [Fact]
    public async Task Success_is_answered_with_the_identity_of_the_command()
    {
        await using var worker = await StepWorker.StartAsync(new Script());
        var command = Compensate("scripted", Input);

        var answer = await worker.AskAsync<StepCompensated>(command);

        answer.ShouldBe(new StepCompensated { RunId = command.RunId, Node = "node-2", Attempt = 4, DispatchId = 18 });
        (await worker.Harness.Consumed.Any<CompensateStep>()).ShouldBeTrue();
        (await worker.Harness.Sent.Any<StepCompensated>()).ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_to_do_is_said()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Compensate = _ => Task.FromResult(CompensationOutcome.NothingToDo),
        });

        (await worker.AskAsync<StepCompensated>(Compensate("scripted", Input))).NothingToDo.ShouldBeTrue();
    }

    [Fact]
    public async Task A_step_without_a_compensation_has_nothing_to_do()
    {
        await using var worker = await StepWorker.StartAsync(services => services.AddBuiltInSteps());

        (await worker.AskAsync<StepCompensated>(Compensate("fail"))).NothingToDo.ShouldBeTrue();
    }

    [Fact]
    public async Task A_failure_is_answered_with_its_code()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Compensate = _ => Task.FromResult(CompensationOutcome.Failed("still_in_use", "Two machines are in it.")),
        });
        var command = Compensate("scripted", Input);

        var answer = await worker.AskAsync<StepCompensationFailed>(command);

        answer.ShouldBe(new StepCompensationFailed
        {
            RunId = command.RunId,
            Node = "node-2",
            Attempt = 4,
            DispatchId = 18,
            Code = "still_in_use",
            Message = "Two machines are in it.",
        });
    }

    [Fact]
    public async Task An_exception_is_a_failure_that_another_attempt_may_not_have()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Compensate = _ => throw new InvalidOperationException("No network."),
        });

        var answer = await worker.AskAsync<StepCompensationFailed>(Compensate("scripted", Input));

        (answer.Code, answer.Message).ShouldBe(("exception", "InvalidOperationException: No network."));
        answer.Retryable.ShouldBeTrue();
    }

    [Fact]
    public async Task An_exception_may_have_a_code_of_its_own()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Compensate = _ => throw new TransientStepException("rate_limited", "Too many requests.") { RetryAfter = TimeSpan.FromMinutes(1) },
        });

        var answer = await worker.AskAsync<StepCompensationFailed>(Compensate("scripted", Input));

        (answer.Code, answer.Message, answer.Retryable).ShouldBe(("rate_limited", "Too many requests.", true));
    }

    [Fact]
    public async Task It_sees_input_output_reason_and_context()
    {
        CompensationContext<ScriptedInput, object?>? seen = null;
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Compensate = context =>
            {
                seen = context;
                return Task.FromResult(CompensationOutcome.Compensated);
            },
        });

        await worker.AskAsync<StepCompensated>(Compensate("scripted", Input, output: """{"id":"vpc-1"}"""));

        seen.ShouldNotBeNull();
        seen.Input.Name.ShouldBe("acme");
        seen.Output.ShouldBeOfType<JsonElement>().ShouldBeJson("""{"id":"vpc-1"}""");
        seen.Reason.ShouldBe("step_failed:create-vpc");
        seen.IdempotencyKey.ShouldBe("run/node-2/compensate");
        seen.Get<string>("vpc_id").ShouldBe("vpc-1");
        (seen.Node, seen.NodeIndex, seen.Step, seen.Attempt).ShouldBe(("node-2", 2, "scripted", 4));
    }

    [Fact]
    public async Task An_output_nobody_could_store_is_missing()
    {
        object? seen = "something";
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Compensate = context =>
            {
                seen = context.Output;
                return Task.FromResult(CompensationOutcome.Compensated);
            },
        });

        await worker.AskAsync<StepCompensated>(Compensate("scripted", Input, output: null));

        seen.ShouldBeNull();
    }

    [Fact]
    public async Task An_output_that_does_not_fit_any_more_fails_the_compensation()
    {
        await using var worker = await StepWorker.StartAsync(services => services.AddBuiltInSteps());

        var answer = await worker.AskAsync<StepCompensationFailed>(Compensate("delay", output: """{"waited":"for a while"}"""));

        (answer.Code, answer.Retryable).ShouldBe(("invalid_output", false));
        answer.Message.ShouldStartWith("The output of step `delay` does not fit DelayOutput: ");
    }
}
