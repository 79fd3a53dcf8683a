using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_a_command_names_where_its_answer_goes
{
    [Fact]
    public async Task The_answer_goes_there()
    {
        await using var worker = await StepWorker.StartAsync(Echoing());

        await worker.AskAsync<StepCompleted>(Execute("scripted", """{"name":"acme"}""") with { AnswerTo = "saga-answers-2" });

        worker.QueuesOf<StepCompleted>().ShouldBe(["/saga-answers-2"]);
    }

    [Fact]
    public async Task So_does_that_of_a_compensation()
    {
        await using var worker = await StepWorker.StartAsync(Echoing());

        await worker.AskAsync<StepCompensated>(Compensate("scripted", """{"name":"acme"}""") with { AnswerTo = "saga-answers-2" });

        worker.QueuesOf<StepCompensated>().ShouldBe(["/saga-answers-2"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("saga-answers-")]
    [InlineData("saga-answers-x")]
    [InlineData("saga-answers-0")]
    [InlineData("saga-answers-100")]
    [InlineData("saga-answers-1?temporary=true")]
    [InlineData("saga-step-scripted")]
    public async Task It_goes_to_the_queue_that_is_always_right_when_the_name_is_of_no_such_queue(string? name)
    {
        await using var worker = await StepWorker.StartAsync(Echoing());

        await worker.AskAsync<StepCompleted>(Execute("scripted", """{"name":"acme"}""") with { AnswerTo = name });

        worker.QueuesOf<StepCompleted>().ShouldBe(["/saga-runs"]);
    }

    [Fact]
    public async Task One_queue_does_not_wait_for_another()
    {
        var (held, released) = (Signal(), Signal());
        await using var worker = await StartAsync(new FakeTime(), answer =>
        {
            if (answer.DestinationAddress!.AbsolutePath != "/saga-answers-1")
                return Task.CompletedTask;
            held.TrySetResult();
            return released.Task;
        });
        await worker.SendAsync(Execute("scripted", """{"name":"slow"}""") with { AnswerTo = "saga-answers-1" }, "scripted");
        await held.Task.WaitAsync(Patience.Token());

        (await worker.AskAsync<StepCompleted>(Execute("scripted", """{"name":"quick"}""") with { AnswerTo = "saga-answers-2" })).Output.ShouldBeJson("\"quick\"");

        released.SetResult();
        (await worker.NextAnswerAsync<StepCompleted>()).Output.ShouldBeJson("\"slow\"");
    }

    [Fact]
    public async Task It_goes_to_the_queue_that_is_always_right_when_that_one_is_gone()
    {
        await using var worker = await StartAsync(
            new FakeTime(),
            answer => answer.DestinationAddress!.AbsolutePath == "/saga-answers-1" ? Task.FromException(new IOException("There is no such queue.")) : Task.CompletedTask);

        await worker.AskAsync<StepCompleted>(Execute("scripted", """{"name":"acme"}""") with { AnswerTo = "saga-answers-1" });

        worker.QueuesOf<StepCompleted>().ShouldBe(["/saga-runs"]);
    }

    [Fact]
    public async Task It_goes_to_the_queue_that_is_always_right_when_that_one_takes_nothing()
    {
        var (time, taken) = (new FakeTime(), Signal());
        await using var worker = await StartAsync(time, answer => answer.DestinationAddress!.AbsolutePath == "/saga-answers-1" ? taken.Task : Task.CompletedTask);
        var command = Execute("scripted", """{"name":"acme"}""") with { AnswerTo = "saga-answers-1" };

        // A queue that has no leader never confirms anything.
        await worker.SendAsync(command, "scripted");
        (await time.NextTimerAsync(TimeSpan.FromSeconds(5))).Fire();
        await worker.NextAnswerAsync<StepCompleted>();
        worker.QueuesOf<StepCompleted>().ShouldBe(["/saga-runs"]);

        // It is not tried with the next.
        await worker.AskAsync<StepCompleted>(command);
        worker.QueuesOf<StepCompleted>().ShouldBe(["/saga-runs", "/saga-runs"]);

        // But again when it has taken the first after all, which the worker learns some time after us.
        taken.SetResult();
        await worker.NextAnswerAsync<StepCompleted>();
        worker.QueuesOf<StepCompleted>().ShouldBe(["/saga-runs", "/saga-runs", "/saga-answers-1"]);
        var patience = Patience.Token();
        do
            await worker.AskAsync<StepCompleted>(command);
        while (worker.QueuesOf<StepCompleted>()[^1] == "/saga-runs" && !patience.IsCancellationRequested);
        worker.QueuesOf<StepCompleted>()[^1].ShouldBe("/saga-answers-1");
    }

    private static Task<StepWorker> StartAsync(FakeTime time, Func<SendContext<StepCompleted>, Task> send) => StepWorker.StartAsync(
        services => services.AddSingleton<TimeProvider>(time).AddSingleton(Echoing()).AddStep<ScriptedStep>(),
        transport => transport.ConfigureSend(pipe => pipe.UseSendExecuteAsync(send)));

    private static Script Echoing() => new()
    {
        Execute = step => Task.FromResult(StepResult.Completed<object?>(step.Input.Name)),
    };

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
