using System.Diagnostics;
using System.Threading.Channels;
using MassTransit;
using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_answers_are_ready_at_the_same_moment
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<string> _executed = Channel.CreateUnbounded<string>();
    private readonly Channel<string?> _waiting = Channel.CreateUnbounded<string?>();

    [Fact]
    public async Task Those_that_gather_while_one_is_sent_travel_together()
    {
        await using var worker = await StartAsync();
        await HoldFirstAsync(worker);
        await GatherAsync(worker, "second", "third", "fourth");
        await Task.WhenAll(worker.NextAnswerAsync<StepCompleted>(), ReleaseAsync());

        var together = await worker.NextAnswerAsync<StepAnswers>();

        together.Answers.Select(answer => answer.Completed!.Output!.Value.GetString()).ShouldBe(["second", "third", "fourth"], ignoreOrder: true);
        together.Answers.ShouldAllBe(answer => answer.ConversationId != null && answer.Failed == null && answer.Compensated == null);
    }

    [Fact]
    public async Task One_alone_is_sent_as_itself()
    {
        await using var worker = await StartAsync();
        await HoldFirstAsync(worker);
        await GatherAsync(worker, "second");
        await Task.WhenAll(worker.NextAnswerAsync<StepCompleted>(), ReleaseAsync());

        (await worker.NextAnswerAsync<StepCompleted>()).Output.ShouldBeJson("\"second\"");
    }

    [Fact]
    public async Task One_alone_goes_on_with_the_conversation_and_in_the_trace_of_its_command()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "MassTransit",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var worker = await StartAsync();
        await HoldFirstAsync(worker);
        await GatherAsync(worker, "second");
        await Task.WhenAll(worker.NextAnswerAsync<StepCompleted>(), ReleaseAsync());
        await worker.NextAnswerAsync<StepCompleted>();

        var commands = await worker.SentAsync<ExecuteStep>(2);
        var answers = await worker.SentAsync<StepCompleted>(2);
        answers.Select(answer => answer.ConversationId).ShouldBe(commands.Select(command => command.ConversationId), ignoreOrder: true);
        answers.Select(TraceOf).ShouldBe(commands.Select(TraceOf), ignoreOrder: true);

        static string TraceOf(SendContext context) => ActivityContext.Parse(context.Headers.Get<string>("MT-Activity-Id")!, traceState: null).TraceId.ToHexString();
    }

    [Fact]
    public async Task A_large_one_does_not_wait_for_the_others()
    {
        await using var worker = await StartAsync();
        await HoldFirstAsync(worker);

        (await AskLargeAsync(worker)).Output!.Value.GetString()!.Length.ShouldBe(5000);

        await Task.WhenAll(worker.NextAnswerAsync<StepCompleted>(), ReleaseAsync());
    }

    [Fact]
    public async Task None_is_lost_when_the_message_cannot_be_sent()
    {
        var refusals = 0;
        await using var worker = await StartAsync(send => send.UseSendExecute<StepAnswers>(_ =>
        {
            if (Interlocked.Increment(ref refusals) == 1)
                throw new InvalidOperationException("The broker is away.");
        }));
        await HoldFirstAsync(worker);
        await GatherAsync(worker, "second", "third");
        await Task.WhenAll(worker.NextAnswerAsync<StepCompleted>(), ReleaseAsync());

        // They are sent again when the endpoint tries again, together or not.
        var heard = new List<string?>();
        while (heard.Count < 2)
        {
            var answer = await worker.NextAnswerAsync();
            heard.AddRange(answer is StepAnswers together
                ? together.Answers.Select(one => one.Completed!.Output!.Value.GetString())
                : [((StepCompleted)answer).Output!.Value.GetString()]);
        }

        heard.ShouldBe(["second", "third"], ignoreOrder: true);
        _executed.Reader.TryRead(out _).ShouldBeFalse("A step ran again.");
    }

    /// <summary>A worker whose first answer is held on its way to the broker.</summary>
    private Task<StepWorker> StartAsync(Action<ISendPipeConfigurator>? configure = null)
    {
        var sends = 0;
        return StepWorker.StartAsync(
            new Script
            {
                Execute = async step =>
                {
                    await _executed.Writer.WriteAsync(step.Input.Name);
                    return StepResult.Completed<object?>(step.Input.Name);
                },
            },
            transport =>
            {
                transport.UseInlineFilter(SeeWaitingAsync);
                transport.ConfigureSend(send =>
                {
                    send.UseSendExecuteAsync<StepCompleted>(_ => Interlocked.Increment(ref sends) == 1 ? HoldAsync() : Task.CompletedTask);
                    configure?.Invoke(send);
                });
            });
    }

    // Nobody says that an answer waits. But a command is handled without a pause until it has to wait for its answer to be sent.
    private async Task SeeWaitingAsync(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        var handling = next.Send(context);
        if (!handling.IsCompleted && context.TryGetMessage(out ConsumeContext<ExecuteStep>? command))
            await _waiting.Writer.WriteAsync(command.Message.Input.GetProperty("name").GetString());
        await handling;
    }

    private Task HoldAsync()
    {
        _held.SetResult();
        return _released.Task;
    }

    private async Task HoldFirstAsync(StepWorker worker)
    {
        await AskAsync(worker, "first");
        await _held.Task.WaitAsync(Patience.Token());
    }

    /// <summary>Returns when these answers wait for the one that is held.</summary>
    private async Task GatherAsync(StepWorker worker, params string[] names)
    {
        foreach (var name in names)
        {
            await AskAsync(worker, name);
            while (await _waiting.Reader.ReadAsync(Patience.Token()) != name)
            {
                // The one that is held waits, too.
            }
        }
    }

    private async Task<StepCompleted> AskLargeAsync(StepWorker worker)
    {
        await AskAsync(worker, new string('x', 5000));
        return await worker.NextAnswerAsync<StepCompleted>();
    }

    /// <summary>Returns when the step has been executed.</summary>
    private async Task AskAsync(StepWorker worker, string name)
    {
        await worker.SendAsync(Execute("scripted", $$"""{"name":"{{name}}"}"""), "scripted");
        (await _executed.Reader.ReadAsync(Patience.Token())).ShouldBe(name);
    }

    private Task ReleaseAsync()
    {
        _released.SetResult();
        return Task.CompletedTask;
    }
}
