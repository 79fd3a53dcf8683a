using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Saga.Contracts;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_answers_come_together : IAsyncLifetime
{
    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync() => _saga = await ProvisioningHarness.StartAsync();

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    [Fact]
    public async Task Each_counts_as_if_it_had_come_alone()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _saga.StartRunAsync("echo")));
        var commands = await Task.WhenAll(runs.Select(run => _saga.ExecuteOfAsync(run, "echo-0")));

        await _saga.SendAsync(new StepAnswers { Answers = [.. commands.Select((command, i) => Answer(command, i))] });

        foreach (var (run, i) in runs.Select((run, i) => (run, i)))
        {
            await _saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == run);
            (await _saga.LedgerAsync(run))[0].Output.ShouldBe($"{i}");
        }
    }

    [Fact]
    public async Task Each_kind_of_answer_is_known()
    {
        var (failing, awaiting) = (await _saga.StartRunAsync("echo", "echo"), await _saga.StartRunAsync("echo"));
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(failing, "echo-0"));
        var (second, only) = (await _saga.ExecuteOfAsync(failing, "echo-1"), await _saga.ExecuteOfAsync(awaiting, "echo-0"));

        await _saga.SendAsync(new StepAnswers
        {
            Answers =
            [
                new StepAnswer
                {
                    Failed = new StepFailed
                    {
                        RunId = failing, Node = second.Node, Attempt = second.Attempt, DispatchId = second.DispatchId, Code = "no", Message = "No.",
                    },
                },
                new StepAnswer
                {
                    Awaiting = new StepAwaiting
                    {
                        RunId = awaiting, Node = only.Node, Attempt = only.Attempt, DispatchId = only.DispatchId, Signals = ["go"],
                    },
                },
            ],
        });
        var compensate = await _saga.CompensateOfAsync(failing, "echo-0");
        await _saga.SignalAsync(awaiting, "go");
        var again = await _saga.ExecuteAgainAsync(only);
        await _saga.SendAsync(new StepAnswers
        {
            Answers =
            [
                new StepAnswer
                {
                    CompensationFailed = new StepCompensationFailed
                    {
                        RunId = failing, Node = compensate.Node, Attempt = compensate.Attempt, DispatchId = compensate.DispatchId, Code = "no", Message = "No.",
                    },
                },
                Answer(again, 1),
            ],
        });

        (await _saga.PublishedAsync<ProvisioningFailed>(failed => failed.RunId == failing)).NotCompensated.ShouldBe(["echo-0"]);
        await _saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == awaiting);
    }

    [Fact]
    public async Task One_that_cannot_be_handled_fails_alone()
    {
        var run = await _saga.StartRunAsync("echo");
        var command = await _saga.ExecuteOfAsync(run, "echo-0");
        var broken = await _saga.StartRunAsync("echo");
        var poison = Answer(await _saga.ExecuteOfAsync(broken, "echo-0"), 1);
        await _saga.BreakAsync(broken);

        await _saga.SendAsync(new StepAnswers { Answers = [poison, Answer(command, 2)] });

        await _saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == run);
        (await _saga.Harness.Published.Any<Fault<StepCompleted>>(fault => fault.Context.Message.Message.RunId == broken)).ShouldBeTrue();
        (await _saga.Harness.Published.Any<Fault<StepAnswers>>(new CancellationToken(canceled: true))).ShouldBeFalse();

        // By itself, and so that the broker must not lose it where the queue is gone.
        (await _saga.Harness.Sent.Any<StepCompleted>(sent => sent.Context.Message.RunId == broken && sent.Context is PublishContext { Mandatory: true })).ShouldBeTrue();
    }

    [Fact]
    public async Task One_that_says_nothing_does_not_keep_the_others_from_being_handled()
    {
        var run = await _saga.StartRunAsync("echo");
        var answer = Answer(await _saga.ExecuteOfAsync(run, "echo-0"), 1);

        await _saga.SendAsync(new StepAnswers { Answers = [new StepAnswer(), answer] });

        await _saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == run);
        var fault = await _saga.PublishedAsync<Fault<StepAnswers>>(_ => true);
        fault.Exceptions.ShouldContain(exception => exception.Message.Contains("Give each exactly one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_goes_on_in_the_trace_of_its_command()
    {
        var traces = new ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "MassTransit",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traces.Add(activity.TraceId.ToHexString()),
        };
        ActivitySource.AddActivityListener(listener);
        var run = await _saga.StartRunAsync("echo");
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        var answer = Answer(await _saga.ExecuteOfAsync(run, "echo-0"), 1) with { TraceParent = $"00-{trace}-00f067aa0ba902b7-01" };

        await _saga.SendAsync(new StepAnswers { Answers = [answer] });

        await _saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == run);
        traces.ShouldContain(trace);
    }

    private static StepAnswer Answer(ExecuteStep command, int output) => new()
    {
        Completed = new StepCompleted
        {
            RunId = command.RunId,
            Node = command.Node,
            Attempt = command.Attempt,
            DispatchId = command.DispatchId,
            Output = JsonElement.Parse($"{output}"),
        },
    };
}
