using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_a_step_is_executed
{
    private const string Input = """{"name":"acme","size":3,"tellsNothingToThisStep":true}""";

    [Fact]
    public async Task Its_output_is_answered_to_the_orchestrator()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = context => Task.FromResult(StepResult.Completed<object?>(new { context.Input.Name, Doubled = context.Input.Size * 2 })),
        });

        var answer = await worker.AskAsync<StepCompleted>(Execute("scripted", Input));

        answer.Output.ShouldBeJson("""{"name":"acme","doubled":6}""");
        answer.Put.ShouldBeNull();
        (await worker.Harness.Consumed.Any<ExecuteStep>()).ShouldBeTrue();
        (await worker.Harness.Sent.Any<StepCompleted>(sent => sent.Context.DestinationAddress!.AbsolutePath == "/saga-runs")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_answer_repeats_the_run_the_node_the_attempt_and_the_dispatch()
    {
        await using var worker = await StepWorker.StartAsync(new Script());
        var command = Execute("scripted", Input);

        var answer = await worker.AskAsync<StepCompleted>(command);

        answer.RunId.ShouldBe(command.RunId);
        answer.Node.ShouldBe("node-2");
        answer.Attempt.ShouldBe(3);
        answer.DispatchId.ShouldBe(17);
    }

    [Fact]
    public async Task What_it_puts_travels_with_the_answer()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = context =>
            {
                context.Put("vpc", new { Id = "vpc-1" });
                context.Put("count", 2);
                context.Put("count", 3);
                return Task.FromResult(StepResult.Completed<object?>(null));
            },
        });

        var answer = await worker.AskAsync<StepCompleted>(Execute("scripted", Input));

        answer.Put!["vpc"].ShouldBeJson("""{"id":"vpc-1"}""");
        answer.Put["count"].GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task It_sees_everything_the_command_says()
    {
        StepContext<ScriptedInput>? seen = null;
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = context =>
            {
                seen = context;
                return Task.FromResult(StepResult.Completed<object?>(null));
            },
        });
        var command = Execute("scripted", Input, context: """{"vpc_id":"vpc-1","nothing":null}""");

        await worker.AskAsync<StepCompleted>(command);

        seen.ShouldNotBeNull();
        seen.RunId.ShouldBe(command.RunId);
        (seen.Node, seen.NodeIndex, seen.Step, seen.Attempt).ShouldBe(("node-2", 2, "scripted", 3));
        seen.IdempotencyKey.ShouldBe("run/node-2/execute");
        seen.Input.Name.ShouldBe("acme");
        seen.Get<string>("vpc_id").ShouldBe("vpc-1");
        seen.TryGet<string>("nothing", out _).ShouldBeFalse();
        seen.Context.GetProperty("vpc_id").GetString().ShouldBe("vpc-1");
        (seen.IsResumed, seen.TimedOut).ShouldBe((false, false));
    }

    [Fact]
    public async Task A_failure_it_returns_is_answered_with_its_code_and_writes_nothing_to_the_context()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = context =>
            {
                context.Put("half", true);
                return Task.FromResult<StepResult<object?>>(StepResult.Failed("quota_exceeded", "Only 5 are allowed."));
            },
        });
        var command = Execute("scripted", Input);

        var answer = await worker.AskAsync<StepFailed>(command);

        (answer.Code, answer.Message).ShouldBe(("quota_exceeded", "Only 5 are allowed."));
        (answer.Retryable, answer.RetryAfter).ShouldBe((false, null));
        (answer.RunId, answer.Node, answer.Attempt, answer.DispatchId).ShouldBe((command.RunId, "node-2", 3, 17));
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_is_left_out_because_the_work_was_done()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = context =>
            {
                context.Put("vpc", "vpc-1");
                return Task.FromResult(StepResult.Completed<object?>(new { Size = double.NaN }));
            },
        });

        var answer = await worker.AskAsync<StepCompleted>(Execute("scripted", Input));

        answer.Output.ShouldBeNull();
        answer.Put!["vpc"].GetString().ShouldBe("vpc-1");
        worker.Logged.Lines.ShouldContain(line => line.EventId == 2003);
    }

    [Fact]
    public async Task A_second_delivery_carries_the_same_idempotency_key()
    {
        var keys = new List<string>();
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = context =>
            {
                keys.Add(context.IdempotencyKey);
                return Task.FromResult(StepResult.Completed<object?>(null));
            },
        });
        var command = Execute("scripted", Input);

        var first = await worker.AskAsync<StepCompleted>(command);
        var second = await worker.AskAsync<StepCompleted>(command);

        keys.ShouldBe(["run/node-2/execute", "run/node-2/execute"]);
        second.ShouldBe(first);
    }

    [Fact]
    public async Task Its_log_lines_carry_the_run_the_node_and_the_attempt()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = context =>
            {
                ScriptLog.Said(context.Logger);
                return Task.FromResult(StepResult.Completed<object?>(null));
            },
        });
        var command = Execute("scripted", Input);

        await worker.AskAsync<StepCompleted>(command);

        worker.Logged.Lines.ShouldContain(
            line => line.EventId == ScriptLog.EventId && line.Scope == $"RunId:{command.RunId} Node:node-2 Attempt:3");
    }
}
