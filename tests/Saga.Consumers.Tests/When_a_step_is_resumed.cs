using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_a_step_is_resumed
{
    private const string Input = """{"name":"acme"}""";

    [Fact]
    public async Task It_reads_what_it_kept_and_what_arrived()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = context => Task.FromResult<StepResult<object?>>(context.IsResumed
                ? StepResult.Completed<object?>(Summary.Of(context))
                : StepResult.Await(["paid", "shipped"], TimeSpan.FromDays(1), new Draft("o-7", 2), all: true)),
        });

        var awaiting = await worker.AskAsync<StepAwaiting>(Execute("scripted", Input));
        var answer = await worker.AskAsync<StepCompleted>(Execute("scripted", Input, resumption: new StepResumption
        {
            Snapshot = awaiting.Snapshot,
            Signals = [Signal("shipped", """{"by":"Kim"}""", second: 1), Signal("paid", """{"by":"Lee","note":"late"}""", second: 2)],
        }));

        answer.Output.ShouldBeJson("""{"draft":{"order":"o-7","lines":2},"from":["shipped by Kim","paid by Lee"],"timedOut":false}""");
    }

    [Fact]
    public async Task It_is_told_that_the_time_was_over_and_what_had_arrived_by_then()
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

        await worker.AskAsync<StepCompleted>(
            Execute("scripted", Input, resumption: new StepResumption { Signals = [Signal("paid", second: 5)], TimedOut = true }));

        seen.ShouldNotBeNull();
        (seen.IsResumed, seen.TimedOut).ShouldBe((true, true));
        var signal = seen.Signals.ShouldHaveSingleItem();
        (signal.Name, signal.ReceivedAt).ShouldBe(("paid", new DateTimeOffset(2026, 2, 3, 4, 5, 5, TimeSpan.Zero)));
    }

    [Fact]
    public async Task It_may_wait_again()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = context => Task.FromResult<StepResult<object?>>(
                StepResult.Await("tick", snapshot: context.IsResumed ? context.Snapshot<int>() + 1 : 0)),
        });

        var first = await worker.AskAsync<StepAwaiting>(Execute("scripted", Input));
        var second = await worker.AskAsync<StepAwaiting>(
            Execute("scripted", Input, resumption: new StepResumption { Snapshot = first.Snapshot, Signals = [Signal("tick")] }));

        second.Snapshot.ShouldBeJson("1");
    }

    [Fact]
    public void A_snapshot_nobody_kept_is_told_with_the_remedy()
    {
        Should.Throw<InvalidOperationException>(() => Context(resumption: null).Snapshot<int>()).Message
            .ShouldStartWith("Step `count` has no snapshot.");
        Should.Throw<InvalidOperationException>(() => Context(new StepResumption { Signals = [] }).Snapshot<int>()).Message
            .ShouldEndWith("Ask IsResumed first.");
    }

    [Fact]
    public void A_snapshot_of_another_type_is_told_with_the_reason() =>
        Should.Throw<InvalidOperationException>(
                () => Context(new StepResumption { Signals = [], Snapshot = JsonElement.Parse("\"five\"") }).Snapshot<int>())
            .Message.ShouldStartWith("The snapshot of step `count` does not fit Int32:");

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    public void A_signal_may_carry_nothing(string? payload)
    {
        var signal = Received(payload);

        signal.TryGetPayload<Approval>(out _).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => signal.Payload<Approval>()).Message
            .ShouldBe("Signal `approved` carries nothing. Send it with a payload, or use TryGetPayload.");
    }

    [Fact]
    public void A_payload_that_lacks_what_is_required_is_told_with_the_reason()
    {
        var refused = Should.Throw<InvalidOperationException>(() => Received("{}").TryGetPayload<Approval>(out _));

        refused.Message.ShouldStartWith("The payload of signal `approved` does not fit Approval: ");
        refused.Message.ShouldContain("by");
    }

    [Fact]
    public void Signals_that_were_left_out_are_none() => Context(new StepResumption { Signals = null! }).Signals.ShouldBeEmpty();

    private static ReceivedSignal Received(string? payload) =>
        Context(new StepResumption { Signals = [Signal("approved", payload)] }).Signals.ShouldHaveSingleItem();

    private static StepContext<int> Context(StepResumption? resumption) =>
        new(Execute("count", resumption: resumption), 1, NullLogger.Instance, CancellationToken.None);

    private sealed record Draft(string Order, int Lines);

    private sealed record Approval(string By);

    private sealed record Summary(Draft Draft, IReadOnlyList<string> From, bool TimedOut)
    {
        public static Summary Of(StepContext<ScriptedInput> context) => new(
            context.Snapshot<Draft>(),
            [.. context.Signals.Select(signal => $"{signal.Name} by {signal.Payload<Approval>().By}")],
            context.TimedOut);
    }
}
